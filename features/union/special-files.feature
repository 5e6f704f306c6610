Feature: Special files
  Fifos, sockets and device nodes are names for something outside of the file system. A union shows them,
  copies them up as nodes and never opens them on its own: opening a fifo waits for its other end, and
  reading a device to copy its content would never end.

  Rule: A lower special file is shown as what it is

    Kind and device numbers are all there is to it.

    @special-file.1
    Scenario Outline: A lower <kind> is a <kind> in the union
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | d/name |            | <cell>     |
      When "d/name" is looked at
      Then directory "d" lists "name"
      And the state is now:
        | path   | union  | upper | lower  |
        | d/name | <cell> |       | <cell> |

      Examples:
        | kind   | cell     |
        | fifo   | (fifo)   |
        | socket | (socket) |

    @special-file.2 @requires:device-nodes
    Scenario Outline: A lower <kind> device has the numbers of its branch
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | <cell>     |
      When "name" is looked at
      Then "name" has device <device>
      And the state is now:
        | path | union  | upper | lower  |
        | name | <cell> |       | <cell> |

      Examples:
        | kind      | cell        | device |
        | character | (char 1:3)  | 1:3    |
        | block     | (block 7:0) | 7:0    |

  Rule: A special file is created in the writable branch

    As any new entry.

    @special-file.3 @needs:special-files
    Scenario Outline: A new <kind> is created beside lower entries
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When <kind> "name" is created
      Then "name" has mode 0644
      And the state is now, and after a remount:
        | path  | union  | upper  | lower |
        | a.txt | lower  |        | lower |
        | name  | <cell> | <cell> |       |

      Examples:
        | kind   | cell     |
        | fifo   | (fifo)   |
        | socket | (socket) |

    @special-file.4 @needs:special-files @requires:device-nodes
    Scenario: A new character device has the numbers it was given
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When character device 1:3 "null" is created
      Then "null" has device 1:3
      And the state is now, and after a remount:
        | path  | union      | upper      | lower |
        | a.txt | lower      |            | lower |
        | null  | (char 1:3) | (char 1:3) |       |

  Rule: A special file is copied up as a node

    It has no content to copy. One implementation tried to open it, and failed with EIO for a fifo and ENXIO
    for a socket.

    @special-file.5 @needs:copy-on-write @needs:special-files
    Scenario Outline: A lower <kind> stays a <kind> when its mode is changed
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | <cell>     |
      When "name" is given mode 0600
      Then "name" has mode 0600
      And the state is now, and after a remount:
        | path | union  | upper  | lower  |
        | name | <cell> | <cell> | <cell> |

      Examples:
        | kind   | cell     |
        | fifo   | (fifo)   |
        | socket | (socket) |

    @special-file.6 @needs:copy-on-write @needs:special-files @requires:device-nodes
    Scenario Outline: A lower <kind> device keeps its numbers when its mode is changed
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | <cell>     |
      When "name" is given mode 0600
      Then "name" has mode 0600
      And the state is now, and after a remount:
        | path | union  | upper  | lower  |
        | name | <cell> | <cell> | <cell> |

      Examples:
        | kind      | cell        |
        | character | (char 1:3)  |
        | block     | (block 7:0) |

    @special-file.7 @needs:copy-on-write @needs:whiteouts @needs:special-files
    Scenario Outline: A lower <kind> is renamed as a <kind>
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | <cell>     |
      When "name" is renamed to "other"
      Then the state is now, and after a remount:
        | path  | union  | upper      | lower  |
        | name  |        | (whiteout) | <cell> |
        | other | <cell> | <cell>     |        |

      Examples:
        | kind   | cell     |
        | fifo   | (fifo)   |
        | socket | (socket) |

    @special-file.8 @needs:copy-on-write @needs:special-files
    Scenario: A lower fifo keeps its mode when its mtime is set
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | (fifo)     |
      And "name" in the lower branch was given mode 0620
      When "name" is given mtime 1000000000.123456789
      Then "name" has mode 0620
      And the state is now:
        | path | union  | upper  | lower  |
        | name | (fifo) | (fifo) | (fifo) |

    @special-file.9 @needs:copy-on-write @needs:special-files @needs:hard-links
    Scenario: A hard link to a lower fifo is a fifo
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | (fifo)     |
      When hard link "other" to "name" is created
      Then "name" and "other" are the same file
      And the state is now:
        | path  | union  | lower  |
        | name  | (fifo) | (fifo) |
        | other | (fifo) |        |

  Rule: The copy of a special file belongs to whom the original belongs to

    As with any other entry.

    @special-file.10 @needs:copy-on-write @needs:special-files @requires:root
    Scenario Outline: A lower <kind> keeps its owner when its mode is changed
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | <cell>     |
      And "name" in the lower branch was given owner 5:6
      When "name" is given mode 0600
      Then "name" has owner 5:6
      And the state is now:
        | path | union  | upper  | lower  |
        | name | <cell> | <cell> | <cell> |

      Examples:
        | kind   | cell     |
        | fifo   | (fifo)   |
        | socket | (socket) |
