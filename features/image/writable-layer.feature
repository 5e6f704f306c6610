@needs:images @needs:separate-layers
Feature: Three readings of a container's layer
  What a container has written can be read in three ways that know nothing of each other: in the directory of the
  storage driver, from what the engine says has changed, and from the archive that a commit makes of it. They have
  to tell the same, or an image is another thing elsewhere than here.

  Rule: A change is the same in the directory, in the list of changes and in an archive

    Deletions look different in each of them: a marker that the union understands, a letter D, a file .wh.NAME. Of
    what a replaced directory had an archive may hide each name, or all at once.

    @writable-layer.1 @claim:D9 @claim:U6
    Scenario: A file that was appended to is a whole copy in each reading
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
        | d/b.txt | two |
      And container a of image app
      And "echo 2 >> /d/a.txt" was executed in container a
      When container a is committed as image saved
      Then the layer of container a holds:
        | path    | layer  |
        | d/a.txt | one2\n |
      And the changes of container a are "C /d, C /d/a.txt"
      And the layers of image saved are archived as:
        | path    | saved  |
        | d/a.txt | one2\n |

    @writable-layer.2 @claim:D10 @claim:U14
    Scenario: A file that was deleted is a whiteout in each reading
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
        | d/b.txt | two |
      And container a of image app
      And "rm /d/a.txt" was executed in container a
      When container a is committed as image saved
      Then the layer of container a holds:
        | path    | layer      |
        | d/a.txt | (whiteout) |
      And the changes of container a are "C /d, D /d/a.txt"
      And the layers of image saved are archived as:
        | path        | saved   |
        | d/.wh.a.txt | (empty) |

    @writable-layer.3 @claim:D9 @claim:D10
    Scenario: A file that was renamed is a copy and a whiteout in each reading
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      And "mv /a.txt /b.txt" was executed in container a
      When container a is committed as image saved
      Then the layer of container a holds:
        | path  | layer      |
        | a.txt | (whiteout) |
        | b.txt | one        |
      And the changes of container a are "D /a.txt, A /b.txt"
      And the layers of image saved are archived as:
        | path      | saved   |
        | .wh.a.txt | (empty) |
        | b.txt     | one     |

    @writable-layer.4 @claim:D10
    Scenario: What a replaced directory had shows in no reading
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
      And container a of image app
      And "rm -r /d; mkdir /d; echo new > /d/b.txt" was executed in container a
      And container a was committed as image saved
      When container b of image saved is started
      Then the layer of container a holds:
        | path    | layer    |
        | d       | (opaque) |
        | d/b.txt | new\n    |
      And the changes of container a are "C /d, A /d/b.txt, D /d/a.txt"
      And "d/a.txt" does not exist in container b

    @writable-layer.5 @claim:D9
    Scenario: A change of the mode alone is a whole copy in each reading
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      And "chmod 0600 /a.txt" was executed in container a
      When container a is committed as image saved
      Then the layer of container a holds:
        | path  | layer |
        | a.txt | one   |
      And the changes of container a are "C /a.txt"
      And the layers of image saved are archived as:
        | path  | saved |
        | a.txt | one   |

    @writable-layer.6 @claim:D9
    Scenario: A file that was made and deleted again is in no reading
      Given container a of image base
      And "echo new > /a.txt; rm /a.txt" was executed in container a
      When container a is committed as image saved
      Then the layer of container a holds:
        | path | layer |
      And the changes of container a are ""
      And image saved has the layers of image base and 0 more
