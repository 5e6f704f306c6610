@needs:images @needs:shown-layers
Feature: From layers to a union
  An image that is stored is a set of directories, one for each layer. Which of them are below which is noted
  beside them, for a layer is never used without those below it. When a container is started, the directories
  become the branches of a union, in the same order.

  Rule: Beside each layer is noted what is below it

    The nearest comes first and the lowest last, as in a union. A layer with nothing below it has nothing noted.

    @stored-layer.1 @claim:D5
    Scenario: The layers below a layer are noted from the nearest to the lowest
      When image app of these layers on image base:
        | path  | top | middle | bottom |
        | a.txt | one |        |        |
        | b.txt |     | two    |        |
        | c.txt |     |        | three  |
      Then the engine notes "middle, bottom, base" below layer top of image app
      And the engine notes "bottom, base" below layer middle of image app
      And the engine notes "base" below layer bottom of image app
      And the engine notes "" below layer base of image app

    @stored-layer.2 @claim:D5
    Scenario: A container's layer is noted above those of its image
      Given image app of these layers on image base:
        | path  | top | bottom |
        | a.txt | one | two    |
      When container a of image app is started
      Then the engine notes "a-init, top, bottom, base" below the layer of container a

  Rule: A running container has one branch that can be written to

    All others are read-only, and whiteouts in them count: those of a layer hide what the layers below it have. The
    branch right below the container's own is what the engine adds to it.

    @stored-layer.3 @claim:D7
    Scenario: The branches of a container are its own layer, the engine's and those of the image
      Given image app of these layers on image base:
        | path  | top | middle     | bottom |
        | a.txt | one |            |        |
        | b.txt |     | (whiteout) | two    |
      When container a of image app is started
      Then the kernel shows the branches "a=rw, a-init=ro+wh, top=ro+wh, middle=ro+wh, bottom=ro+wh, base=ro+wh" of container a

    @stored-layer.4 @claim:D7
    Scenario: Containers of one image have all branches but two in common
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      When container b of image app is started
      Then the kernel shows the branches "a=rw, a-init=ro+wh, top=ro+wh, base=ro+wh" of container a
      And the kernel shows the branches "b=rw, b-init=ro+wh, top=ro+wh, base=ro+wh" of container b

    @stored-layer.5 @claim:D7
    Scenario: A container has the same branches after a restart
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      And "echo new > /a.txt" was executed in container a
      When container a is restarted
      Then the kernel shows the branches "a=rw, a-init=ro+wh, top=ro+wh, base=ro+wh" of container a
