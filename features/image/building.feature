@needs:images
Feature: Building an image step by step
  Each instruction that changes files is run in a container of what there is so far, and what that container has
  written becomes the next layer. So the cost of a file is decided in the step that writes it: a later step can
  hide it, and not take it back.

  Rule: A step adds one layer with what it changes

    The command of a step runs in a container of the step before. What it has written is compared with what was
    there, and the difference is the layer: one new file is a layer of one file, whatever the base is.

    @image-build.1 @claim:D3
    Scenario: A step that writes one file adds one layer with that file
      When image hello is built from image base with:
        """
        RUN echo "Hello World" > /tmp/newfile
        """
      Then image hello has the layers of image base and 1 more
      And the layers of image hello are archived as:
        | path        | hello         |
        | tmp/newfile | Hello World\n |

    @image-build.2 @claim:D3 @needs:separate-layers
    Scenario: The new layer is stored with the one file
      When image hello is built from image base with:
        """
        RUN echo "Hello World" > /tmp/newfile
        """
      Then the layers of image hello are stored as:
        | path        | hello         |
        | tmp/newfile | Hello World\n |

    @image-build.3 @claim:D3
    Scenario: The history of an image tells the size of each step
      When image hello is built from image base with:
        """
        RUN echo "Hello World" > /tmp/newfile
        """
      Then the history of image hello begins with:
        | created by         | size |
        | echo "Hello World" | 12   |
      And image hello is 12 bytes larger than image base

    @image-build.4
    Scenario: A step that changes no file adds no layer
      When image hello is built from image base with:
        """
        CMD ["/bin/sh"]
        """
      Then image hello has the layers of image base and 0 more
      And the history of image hello begins with:
        | created by | size |
        | /bin/sh    | 0    |

  Rule: The steps of others are missing

    The history of an image travels with it, the images in between do not: an engine has those of its own steps only.

    @image-build.5 @claim:D4
    Scenario: The history of a build here shows its own steps and the base it began with by their ids
      When image hello is built from image base with:
        """
        RUN echo "Hello World" > /tmp/newfile
        """
      Then the history of image hello begins with:
        | created by         | image     |
        | echo "Hello World" | (an id)   |
        |                    | (an id)   |

    @image-build.6 @claim:D4
    Scenario: The history shows the lower steps of a loaded image as missing
      When image app of these layers on image base:
        | path  | top | bottom |
        | a.txt | one | two    |
      Then the history of image app begins with:
        | created by | image     |
        |            | (an id)   |
        |            | <missing> |
        |            | <missing> |

  Rule: What a step has added stays

    A deletion is a marker in a layer of its own. The file is hidden, and still a part of the image that is stored,
    sent and loaded.

    @image-build.7 @claim:D12
    Scenario: Deleting a file in a later step does not make the image smaller
      Given image large of these layers on image base:
        | path | data            |
        | disk | (3000000 bytes) |
      When image cleaned is built from image large with:
        """
        RUN rm /disk
        """
      Then image cleaned is 0 bytes larger than image large
      And image cleaned has the layers of image large and 1 more
      And the layers of image cleaned are archived as:
        | path     | cleaned | data            |
        | .wh.disk | (empty) |                 |
        | disk     |         | (3000000 bytes) |

    @image-build.8 @claim:D12
    Scenario: Deleting a file in the step that made it leaves nothing behind
      When image cleaned is built from image base with:
        """
        RUN head -c 3000000 /dev/zero > /disk; rm /disk; echo done > /log
        """
      Then image cleaned is 5 bytes larger than image base
      And the layers of image cleaned are archived as:
        | path | cleaned |
        | log  | done\n  |

    @image-build.9 @claim:D12
    Scenario: A container that is exported and imported is an image of one layer without what was deleted
      Given image large of these layers on image base:
        | path | data            |
        | disk | (3000000 bytes) |
      And container a of image large
      And "rm /disk; echo done > /log" was executed in container a
      When container a is exported and imported as image flat
      Then image flat has 1 layer
      And image flat is smaller than image large by 2900000 bytes or more
