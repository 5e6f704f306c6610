@needs:images
Feature: Layers of an image
  An image is an ordered list of layers, and each layer is an archive of what it changes: files that it adds or
  replaces, and markers for those that it deletes. Nothing in it is ever written to again. The layers are known by
  the digest of their archive, so the same layer is the same everywhere, and is kept once. Image base has one
  layer, with one program in it.

  Rule: An image is a list of read-only layers

    The order decides what is seen: a layer hides what those below it have under the same name.

    @image-layer.1 @claim:D1
    Scenario: An image lists its layers from the lowest to the highest
      When image app of these layers on image base:
        | path  | top  | middle | bottom |
        | a.txt | from |        |        |
        | b.txt |      | the    |        |
        | c.txt |      |        | tale   |
      Then image app lists the layers "base, bottom, middle, top"
      And image app has the layers of image base and 3 more

    @image-layer.2 @claim:D1
    Scenario: The order of its layers is a part of an image
      Given image app of these layers on image base:
        | path  | top | bottom |
        | a.txt | one | two    |
      When image other of these layers on image base:
        | path  | bottom | top |
        | a.txt | two    | one |
      Then images app and other have different ids

    @image-layer.3
    Scenario: The same layers make the same image
      Given image app of these layers on image base:
        | path  | top | bottom |
        | a.txt | one | two    |
      When image other of these layers on image base:
        | path  | top | bottom |
        | a.txt | one | two    |
      Then images app and other have one id

    @image-layer.4 @claim:D1 @claim:D9
    Scenario: What a container writes changes no layer of its image
      Given image app of these layers on image base:
        | path  | top | bottom |
        | a.txt |     | lower  |
        | b.txt | top |        |
      And container a of image app
      When "echo new >> /a.txt; rm /b.txt; echo more > /c.txt" is executed in container a
      Then the layers of image app are archived as:
        | path  | top | bottom |
        | a.txt |     | lower  |
        | b.txt | top |        |

    @image-layer.10 @claim:D1 @claim:D9 @needs:separate-layers
    Scenario: What a container writes is in no directory of its image's layers
      Given image app of these layers on image base:
        | path  | top | bottom |
        | a.txt |     | lower  |
        | b.txt | top |        |
      And container a of image app
      When "echo new >> /a.txt; rm /b.txt; echo more > /c.txt" is executed in container a
      Then the layers of image app are stored as:
        | path  | top | bottom |
        | a.txt |     | lower  |
        | b.txt | top |        |

    @image-layer.5 @claim:D5 @claim:D6 @needs:separate-layers
    Scenario: Each layer is stored with its own part of the root file system
      When image app of these layers on image base:
        | path                  | top  | marker | bottom      |
        | etc/name              |      |        | system      |
        | home                  |      |        | (directory) |
        | run/systemd/container |      | engine |             |
        | srv/index             | page |        |             |
      Then the layers of image app are stored as:
        | path                  | top  | marker | bottom      |
        | etc/name              |      |        | system      |
        | home                  |      |        | (directory) |
        | run/systemd/container |      | engine |             |
        | srv/index             | page |        |             |

  Rule: A layer that two images have is kept once

    What two images have in common from the bottom on is the same directory for both. A machine with ten images on
    one base has the base once.

    @image-layer.6 @claim:D2
    Scenario: Two images on one base share its layers
      Given image app of these layers on image base:
        | path  | top | common |
        | a.txt | app |        |
        | b.txt |     | common |
      When image other of these layers on image base:
        | path  | top   | common |
        | a.txt | other |        |
        | b.txt |       | common |
      Then images app and other share 2 stored layers

    @image-layer.7 @claim:D2 @needs:separate-layers
    Scenario: A second image on a large base takes little more space
      Given image large of these layers on image base:
        | path | data            |
        | disk | (3000000 bytes) |
      When image app of these layers on image large:
        | path  | top   |
        | a.txt | small |
      Then it takes less than 500000 more bytes on the disk
      And image app has the layers of image large and 1 more

    @image-layer.8
    Scenario: The same layer above another base is another stored layer
      Given image app of these layers on image base:
        | path  | top  | bottom |
        | a.txt | same |        |
        | b.txt |      | one    |
      When image other of these layers on image base:
        | path  | top  | bottom |
        | a.txt | same |        |
        | b.txt |      | two    |
      Then images app and other share 1 stored layers

    @image-layer.9 @claim:D2 @needs:separate-layers
    Scenario: A container takes little more space than its image
      Given image large of these layers on image base:
        | path | data            |
        | disk | (3000000 bytes) |
      And image app of these layers on image large:
        | path  | top   |
        | a.txt | small |
      When container a of image app is started
      Then it takes less than 500000 more bytes on the disk
