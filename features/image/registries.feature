@needs:images @requires:image-registry
Feature: Images in a registry
  A registry is how an image gets from one machine to another. It keeps layers as archives, each under its own digest,
  and for each image a list of digests, which is the image. Its names are only marks on such lists. So nothing is
  sent or fetched that is there already, and what is fetched by its digest can be nothing else.

  Rule: A registry keeps each layer once, in the form of archives

    What the storage of an engine looks like is its own affair. What it pushes is what every other engine pulls.

    @registry.1 @claim:D10 @claim:D11
    Scenario: A commit that is pushed is one archive more than its image, and its deletions are files .wh.NAME
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
      And container a of image app
      And "rm /d/a.txt; echo new > /b.txt" was executed in container a
      And container a was committed as image saved
      When image saved is pushed to the registry
      Then the registry keeps the layers of image saved as:
        | path        | saved   | top |
        | b.txt       | new\n   |     |
        | d/.wh.a.txt | (empty) |     |
        | d/a.txt     |         | one |

    @registry.2 @claim:D2
    Scenario: Pushing an image sends only the layers that the registry does not have
      Given image app of these layers on image base:
        | path  | top | common |
        | a.txt | app |        |
        | b.txt |     | common |
      And image other of these layers on image base:
        | path  | top   | common |
        | a.txt | other |        |
        | b.txt |       | common |
      And image app was pushed to the registry
      When image other is pushed to the registry
      Then only the layer "top" of image other was sent

  Rule: An image that is pulled is the image that was pushed

    Its id is the digest of its configuration, which names the digests of the layers: one that arrived otherwise would
    be another image.

    @registry.3 @claim:D2
    Scenario: Pulling an image fetches only the layers that the engine does not have
      Given image app of these layers on image base:
        | path  | top | bottom |
        | a.txt | one |        |
        | b.txt |     | two    |
      And image app was pushed to the registry
      And image app was removed
      When image app is pulled from the registry
      Then only the layers "bottom, top" of image app were fetched
      And image app lists the layers "base, bottom, top"

    @registry.4 @claim:D10 @claim:D11
    Scenario: A committed image that another engine pulls is the same there, with what was deleted
      Given container a of image base
      And "rm /bin/sh; echo new > /a.txt" was executed in container a
      And container a was committed as image saved
      And image saved was pushed to the registry
      And image saved was pulled from the registry in the other engine
      When container b of image saved is started in the other engine
      Then "bin/sh" does not exist in container b
      And "a.txt" in container b reads "new\n"

    @registry.5 @claim:D4
    Scenario: The history shows the lower steps of a pulled image as missing
      Given image hello was built from image base with:
        """
        RUN echo "Hello World" > /tmp/newfile
        """
      And image hello was pushed to the registry
      And image hello was removed
      When image hello is pulled from the registry
      Then the history of image hello begins with:
        | created by         | image     |
        | echo "Hello World" | (an id)   |
        |                    | <missing> |

    @registry.6
    Scenario: A name in a registry can be given to another image, and a digest still stands for the first
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And image other of these layers on image base:
        | path  | top |
        | a.txt | two |
      And image app was pushed to the registry
      And image other was pushed to the registry as image app
      When image now is pulled from the registry by the digest of image app
      Then images now and app have one id
