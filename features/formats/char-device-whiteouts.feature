@needs:whiteouts @needs:char-device-whiteouts
Feature: Whiteouts as character devices
  Another way to mark a name as deleted is a character device with the numbers 0:0 in its place, which no
  driver has and no tree holds by accident. Every name stays free for users. The price is that the branch
  must be able to hold device nodes, and that the marks are lost where nodes are not copied.

  Rule: A deletion leaves a character device 0:0 in place of the entry

    It has the name of what it hides.

    @char-device.1 @claim:U14
    Scenario: The whiteout of a deleted file is a character device 0:0 of the same name
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      When "test" is deleted
      Then "test" is stored in the upper branch as "(char 0:0)"
      And the state is now, and after a remount:
        | path | union | upper      | lower |
        | test |       | (whiteout) | test1 |

    @char-device.2 @claim:U15
    Scenario: A lower file comes back after a remount when its character device is removed
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      And "test" was deleted
      And "test" was taken out of the upper branch
      When the union is remounted
      Then "test" is stored in the upper branch as ""
      And the state is now:
        | path | union | upper | lower |
        | test | test1 |       | test1 |

    @char-device.3
    Scenario: A character device 0:0 hides the lower entry of its name
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt |            | kept       |
      And "d/a.txt" was put into the upper branch as "(char 0:0)"
      When "d/a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) | lower |
        | d/b.txt | kept  |            | kept  |

    @char-device.4
    Scenario: A new entry takes the place of the character device
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was deleted
      When "a.txt" is created with "new"
      Then "a.txt" is stored in the upper branch as "new"
      And the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | new   | new   | lower |

    @char-device.5 @needs:whiteouts-in-read-only-branches
    Scenario: A character device 0:0 of a read-only branch hides the name below it
      Given a union of these branches:
        | path  | upper (rw) | middle (ro+wh) | lower (ro) |
        | a.txt |            |                | lower      |
        | b.txt |            |                | kept       |
      And "a.txt" was put into the middle branch as "(char 0:0)"
      When "a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | middle     | lower |
        | a.txt |       |       | (whiteout) | lower |
        | b.txt | kept  |       |            | kept  |

  Rule: An opaque directory has an attribute

    It is an extended attribute of the directory itself, so it needs no name either; nobody sees it through the
    union.

    @char-device.8 @needs:opaque-directories @requires:root
    Scenario: A recreated directory has the attribute trusted.overlay.opaque
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      When directory "d" is created
      Then "d" in the upper branch has attribute trusted.overlay.opaque "y"
      And the state is now:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

  Rule: Nobody can create a whiteout through the union

    It would be a file that is not there as soon as it was made.

    @char-device.6
    Scenario: A character device 0:0 cannot be created in the union
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When character device 0:0 "b.txt" is created
      Then it fails with EPERM
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

  Rule: Names that mark whiteouts elsewhere are ordinary names

    A file `.wh.NAME` is a file.

    @char-device.7
    Scenario: A file with .wh. before a name hides nothing
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When ".wh.a.txt" is created with "text"
      Then the state is now, and after a remount:
        | path      | union | upper | lower |
        | .wh.a.txt | text  | text  |       |
        | a.txt     | lower |       | lower |
