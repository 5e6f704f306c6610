Feature: Layers
  A container image is an ordered list of layers, each a part of a file tree, which never change. To run it,
  the layers are mounted as read-only branches with one writable branch on top: everything the container
  adds, changes and deletes gathers there, and any number of containers can share the layers below.

  Rule: The layers and the container make one tree

    The newest layer comes first, directly below the container's own branch.

    @layer.1 @claim:U3
    Scenario: A container over four layers shows five files
      Given a union of these branches:
        | path                | a (rw)    | b (ro)  | c (ro)  | d (ro)  | e (ro)  |
        | container-layer.txt | container |         |         |         |         |
        | image-layer4.txt    |           | layer 4 |         |         |         |
        | image-layer3.txt    |           |         | layer 3 |         |         |
        | image-layer2.txt    |           |         |         | layer 2 |         |
        | image-layer1.txt    |           |         |         |         | layer 1 |
      When "image-layer1.txt" is read
      Then the state is now:
        | path                | union     | a         | b       | c       | d       | e       |
        | container-layer.txt | container | container |         |         |         |         |
        | image-layer4.txt    | layer 4   |           | layer 4 |         |         |         |
        | image-layer3.txt    | layer 3   |           |         | layer 3 |         |         |
        | image-layer2.txt    | layer 2   |           |         |         | layer 2 |         |
        | image-layer1.txt    | layer 1   |           |         |         |         | layer 1 |

    @layer.2 @claim:U6 @needs:copy-on-write
    Scenario: Appending to a file of the newest layer copies it into the container's branch
      Given a union of these branches:
        | path                | a (rw)    | b (ro)    | c (ro)    |
        | container-layer.txt | container |           |           |
        | image-layer2.txt    |           | layer 2\n |           |
        | image-layer1.txt    |           |           | layer 1\n |
      When "write\n" is appended to "image-layer2.txt"
      Then the state is now:
        | path                | union            | a                | b         | c         |
        | container-layer.txt | container        | container        |           |           |
        | image-layer2.txt    | layer 2\nwrite\n | layer 2\nwrite\n | layer 2\n |           |
        | image-layer1.txt    | layer 1\n        |                  |           | layer 1\n |

    @layer.3 @claim:U20
    Scenario: A lookup goes from the top down to the first layer that has the name
      Given a union of these branches:
        | path | upper (rw) | middle (ro) | lower (ro) |
        | 1    | upper      | middle      | lower      |
        | 2    |            | middle      | lower      |
        | 3    |            |             | lower      |
      When "2" is read
      Then "2" reads "middle"
      And the state is now:
        | path | union  | upper | middle | lower |
        | 1    | upper  | upper | middle | lower |
        | 2    | middle |       | middle | lower |
        | 3    | lower  |       |        | lower |

    @layer.4 @claim:U20 @needs:copy-on-write
    Scenario: The first hit of a lookup is what is copied up
      Given a union of these branches:
        | path     | upper (rw) | middle (ro) | lower (ro) |
        | etc/motd |            | middle      | lower      |
      When "!" is appended to "etc/motd"
      Then "etc/motd" was copied up
      And the state is now:
        | path     | union   | upper   | middle | lower |
        | etc/motd | middle! | middle! | middle | lower |

  Rule: The writable branch holds the increments, and nothing else

    It is empty at first. Saved as a layer of its own, it is what this container did to the image.

    @layer.5 @claim:U18
    Scenario: Before the first write the writable branch is empty
      Given a union of these branches:
        | path     | upper (rw) | lower (ro) |
        | bin/sh   |            | shell      |
        | etc/motd |            | welcome    |
      When "etc/motd" is read
      Then the state is now:
        | path     | union   | upper | lower   |
        | bin/sh   | shell   |       | shell   |
        | etc/motd | welcome |       | welcome |

    @layer.6 @claim:U18 @needs:copy-on-write
    Scenario: After a write the writable branch holds what was written
      Given a union of these branches:
        | path     | upper (rw) | lower (ro) |
        | bin/sh   |            | shell      |
        | etc/motd |            | welcome    |
      And "etc/hosts" was created with "localhost"
      When "!" is appended to "etc/motd"
      Then the state is now:
        | path      | union     | upper     | lower   |
        | bin/sh    | shell     |           | shell   |
        | etc/hosts | localhost | localhost |         |
        | etc/motd  | welcome!  | welcome!  | welcome |

    @layer.7 @claim:U21 @needs:copy-on-write @needs:whiteouts
    Scenario: What a container adds, changes and deletes is in its own branch only
      Given a union of these branches:
        | path    | upper (rw) | middle (ro) | lower (ro) |
        | changed |            | middle      | lower      |
        | deleted |            |             | lower      |
        | kept    |            | middle      |            |
      And "added" was created with "new"
      And "+" was appended to "changed"
      When "deleted" is deleted
      Then the state is now, and after a remount:
        | path    | union   | upper      | middle | lower |
        | added   | new     | new        |        |       |
        | changed | middle+ | middle+    | middle | lower |
        | deleted |         | (whiteout) |        | lower |
        | kept    | middle  |            | middle |       |

    @layer.8 @claim:U21 @needs:copy-on-write
    Scenario: A change keeps mode and mtime of the layer's own file
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | bin/sh |            | shell      |
      And "bin/sh" in the lower branch was given mode 0755
      And "bin/sh" in the lower branch was given mtime 1000000000.123456789
      When "+" is appended to "bin/sh"
      Then "bin/sh" in the lower branch has mtime 1000000000.123456789
      And the state is now:
        | path   | union  | upper  | lower |
        | bin/sh | shell+ | shell+ | shell |

  Rule: A root file system of one's own is a lower branch like any other

    With a writable branch above, it is what a home-made container sees as `/`; it can be entered, used up
    and started again from the same layer.

    @layer.9 @claim:U22
    Scenario: A root file system and a writable layer make the root of a container
      Given a union of these branches:
        | path            | upper (rw) | lower (ro)  |
        | bin/sh          |            | shell       |
        | etc/hostname    | box        | image       |
        | lib             |            | -> usr/lib  |
        | tmp             |            | (directory) |
        | usr/lib/libc.so |            | library     |
      When directory "." is listed
      Then directory "." lists "bin, etc, lib, tmp, usr"
      And the state is now:
        | path            | union       | upper | lower       |
        | bin/sh          | shell       |       | shell       |
        | etc/hostname    | box         | box   | image       |
        | lib             | -> usr/lib  |       | -> usr/lib  |
        | tmp             | (directory) |       | (directory) |
        | usr/lib/libc.so | library     |       | library     |

    @layer.10 @claim:U22 @needs:copy-on-write
    Scenario: What is written in the root of a container leaves the root file system as it was
      Given a union of these branches:
        | path            | upper (rw) | lower (ro)  |
        | bin/sh          |            | shell       |
        | lib             |            | -> usr/lib  |
        | tmp             |            | (directory) |
        | usr/lib/libc.so |            | library     |
      And "tmp/newfile" was created with "Hello World\n"
      When "!" is appended to "lib/libc.so"
      Then the state is now, and after a remount:
        | path            | union         | upper         | lower       |
        | bin/sh          | shell         |               | shell       |
        | lib             | -> usr/lib    |               | -> usr/lib  |
        | tmp/newfile     | Hello World\n | Hello World\n |             |
        | tmp             | (directory)   | (directory)   | (directory) |
        | usr/lib/libc.so | library!      | library!      | library     |

    @layer.11 @claim:U22 @needs:copy-on-write
    Scenario: With its writable branch emptied, a container starts afresh
      Given a union of these branches:
        | path     | upper (rw) | lower (ro) |
        | bin/sh   |            | shell      |
        | etc/motd |            | welcome    |
      And "!" was appended to "etc/motd"
      And "etc" was taken out of the upper branch
      When the union is remounted
      Then the state is now:
        | path     | union   | upper | lower   |
        | bin/sh   | shell   |       | shell   |
        | etc/motd | welcome |       | welcome |
