Feature: Open files
  An open file stays the file it was when it was opened: deleting or renaming its name does not change it,
  and what is written through one descriptor is read through the other. In a union the file may move to
  another branch while it is open, by a copy-up, and the one who holds it must not notice.

  Rule: A deleted file lives on as long as it is open

    A union without room for that keeps the file under a hidden name; then it must stay hidden and not be in
    the way (trapexit/mergerfs#521).

    @open-file.1
    Scenario: A deleted upper file can still be read through its descriptor
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      And "a.txt" was opened as f with O_RDWR
      When "a.txt" is deleted
      Then file f reads "upper"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | lower |       | lower |

    @open-file.2 @needs:whiteouts
    Scenario: A deleted lower file can still be read through its descriptor
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When "a.txt" is deleted
      Then file f reads "lower"
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

    @open-file.34 @needs:whiteouts
    Scenario: A deleted lower file still tells its size through its descriptor
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When "a.txt" is deleted
      Then file f has size 5
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

    @open-file.3
    Scenario: A deleted upper file has no links
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When "a.txt" is deleted
      Then file f has links 0
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | lower |       | lower |

    @open-file.4
    Scenario Outline: A deleted upper file can still be given a <property>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was deleted
      When file f is given <value>
      Then file f has <value>
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | lower |       | lower |

      Examples:
        | property | value                      |
        | mode     | mode 0600                  |
        | mtime    | mtime 1000000000.000000003 |

    @open-file.5
    Scenario: A deleted upper file can still be truncated
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was deleted
      When file f is truncated to 3 bytes
      Then file f reads "upp"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | lower |       | lower |

    @open-file.6
    Scenario: A directory whose only file was deleted while open can be removed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt | upper      |            |
        | b.txt   |            | lower      |
      And "d/a.txt" was opened as f with O_RDONLY
      And "d/a.txt" was deleted
      When directory "d" is removed
      Then the state is now:
        | path  | union | upper | lower |
        | d     |       |       |       |
        | b.txt | lower |       | lower |

    @open-file.7 @needs:whiteouts
    Scenario: A deleted lower file keeps its content when its name is used again
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was opened as f with O_RDONLY
      And "a.txt" was deleted
      When "a.txt" is created with "new"
      Then file f reads "old"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | new   | new   | old   |

    @open-file.8
    Scenario: A write to a deleted file does not reach the new file of that name
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | old        |            |
        | b.txt |            | lower      |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was deleted
      And "a.txt" was created with "new"
      When "XYZ" is written to file f at 0
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | new   | new   |       |
        | b.txt | lower |       | lower |

  Rule: A file that is open keeps up with its copy-up

    A descriptor that goes on reading the lower file shows stale data. Known from moby/moby#10180 and
    #13511, where it damaged package databases.

    @open-file.9 @needs:copy-on-write
    Scenario: A descriptor that was opened for reading sees a later write
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was opened as f with O_RDONLY
      When "new" is appended to "a.txt"
      Then file f reads "oldnew"
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @open-file.10 @needs:copy-on-write
    Scenario: A descriptor that was opened for reading sees the size after a later write
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was opened as f with O_RDONLY
      When "new" is appended to "a.txt"
      Then file f has size 6
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @open-file.11 @needs:copy-on-write
    Scenario: A descriptor that was opened for reading sees a later mode
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When "a.txt" is given mode 0600
      Then file f has mode 0600
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @open-file.12 @needs:copy-on-write
    Scenario: Changing the mode through a descriptor for reading copies the file up
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When file f is given mode 0600
      Then "a.txt" has mode 0600
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @open-file.13 @needs:copy-on-write
    Scenario: Writing through a descriptor changes the copy
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abcdef     |
      And "a.txt" was opened as f with O_RDWR
      When "XY" is written to file f at 2
      Then file f reads "abXYef"
      And the state is now:
        | path  | union  | upper  | lower  |
        | a.txt | abXYef | abXYef | abcdef |

    @open-file.14 @needs:copy-on-write
    Scenario: Truncating through a descriptor changes the copy
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abcdef     |
      And "a.txt" was opened as f with O_RDWR
      When file f is truncated to 3 bytes
      Then the state is now:
        | path  | union | upper | lower  |
        | a.txt | abc   | abc   | abcdef |

    @open-file.15 @needs:copy-on-write
    Scenario: Two descriptors of a lower file write to one copy
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abcdef     |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was opened as g with O_RDWR
      And "X" was written to file f at 0
      When "Z" is written to file g at 5
      Then the state is now:
        | path  | union  | upper  | lower  |
        | a.txt | XbcdeZ | XbcdeZ | abcdef |

    @open-file.16 @needs:copy-on-write
    Scenario: A copy can be synced to the disk
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was opened as f with O_WRONLY|O_APPEND
      And "new" was written to file f at 0
      When file f is synced
      Then the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

  Rule: An open file follows its renames

    The name is not the file.

    @open-file.17 @needs:copy-on-write @needs:whiteouts
    Scenario: A write to a lower file that is renamed while open goes to its new name
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was opened as f with O_WRONLY|O_APPEND
      And "a.txt" was renamed to "b.txt"
      When "new" is written to file f at 0
      Then the state is now:
        | path  | union  | upper      | lower |
        | a.txt |        | (whiteout) | old   |
        | b.txt | oldnew | oldnew     |       |

    @open-file.18
    Scenario: A write to an upper file that is renamed while open goes to its new name
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | old        |            |
        | c.txt |            | lower      |
      And "a.txt" was opened as f with O_WRONLY|O_APPEND
      And "a.txt" was renamed to "b.txt"
      When "new" is written to file f at 0
      Then the state is now:
        | path  | union  | upper  | lower |
        | a.txt |        |        |       |
        | b.txt | oldnew | oldnew |       |
        | c.txt | lower  |        | lower |

    @open-file.35 @needs:copy-on-write @needs:whiteouts
    Scenario: The mode of a lower file that is renamed while open is changed through its descriptor
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was opened as f with O_RDONLY
      And "a.txt" was renamed to "b.txt"
      When file f is given mode 0600
      Then "b.txt" has mode 0600
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | old   |
        | b.txt | old   | old        |       |

    @open-file.19 @needs:copy-on-write
    Scenario: A lower file that is replaced while open can still be read
      Known from trapexit/mergerfs#601.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | new        |            |
        | b.txt |            | old        |
      And "b.txt" was opened as f with O_RDONLY
      When "a.txt" is renamed to "b.txt"
      Then file f reads "old"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | new   | new   | old   |

  Rule: The flags of open(2) mean what they mean elsewhere

    For them, too, an entry of a lower branch exists.

    @open-file.20 @needs:copy-on-write
    Scenario: Opening a lower file with O_TRUNC empties the copy
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is opened as f with O_WRONLY|O_TRUNC
      Then the state is now:
        | path  | union   | upper   | lower |
        | a.txt | (empty) | (empty) | lower |

    @open-file.21
    Scenario: Opening a lower file with O_EXCL fails, for it exists
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is opened as f with O_WRONLY|O_CREAT|O_EXCL
      Then it fails with EEXIST
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @open-file.22 @needs:copy-on-write
    Scenario: Opening a lower file with O_CREAT keeps its content
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is opened as f with O_RDWR|O_CREAT
      Then file f reads "lower"
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |

    @open-file.23
    Scenario: Opening a name that no branch has with O_CREAT creates it
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "b.txt" is opened as f with O_RDWR|O_CREAT
      Then file f has size 0
      And the state is now:
        | path  | union   | upper   | lower |
        | a.txt | lower   |         | lower |
        | b.txt | (empty) | (empty) |       |

    @open-file.24 @needs:copy-on-write
    Scenario: Two descriptors with O_APPEND append one after the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | a          |
      And "a.txt" was opened as f with O_WRONLY|O_APPEND
      And "a.txt" was opened as g with O_WRONLY|O_APPEND
      And "b" was written to file f at 0
      When "c" is written to file g at 0
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | abc   | abc   | a     |

    @open-file.25 @needs:copy-on-write
    Scenario: Opening a lower file for writing leaves its mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      When "a.txt" is opened as f with O_RDWR
      Then "a.txt" has mtime 1000000000.123456789
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |

    @open-file.26
    Scenario: A descriptor that was opened for reading cannot be written to
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When "new" is written to file f at 0
      Then it fails with EBADF
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @open-file.27 @needs:copy-on-write @requires:root
    Scenario: Who holds a descriptor may write through it whatever the mode is later
      Known from containers/fuse-overlayfs#42, where a file of mode 000 could not be truncated.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abcdef     |
      And "a.txt" was opened as f with O_RDWR
      And file f was given mode 0000
      And user 65534 acts
      When file f is truncated to 3 bytes
      Then the state is now:
        | path  | union | upper | lower  |
        | a.txt | abc   | abc   | abcdef |

    @open-file.28 @needs:unnamed-files
    Scenario: A file without a name is seen by nobody else
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And "d" was opened as f with O_RDWR|O_TMPFILE
      When "secret" is written to file f at 0
      Then file f reads "secret"
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @open-file.29 @needs:direct-io @requires:direct-io
    Scenario: A lower file can be opened for direct reading
      Given a union of these branches:
        | path  | upper (rw) | lower (ro)   |
        | a.txt |            | (4096 bytes) |
      When "a.txt" is opened as f with O_RDONLY|O_DIRECT
      Then file f has size 4096
      And the state is now:
        | path  | union        | upper | lower        |
        | a.txt | (4096 bytes) |       | (4096 bytes) |

  Rule: A deleted lower file is still written to by who has it open

    It has no name to be copied up to, and nobody else may see it again. Programs do this with their
    temporary files and with logs that were rotated away.

    @open-file.30 @needs:copy-on-write @needs:whiteouts
    Scenario: What is written to a deleted lower file is read through its descriptor
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was deleted
      When "XY" is written to file f at 0
      Then file f reads "XYwer"
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

    @open-file.31 @needs:copy-on-write @needs:whiteouts
    Scenario: A deleted lower file that was written to leaves nothing behind when it is closed
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was deleted
      And "XY" was written to file f at 0
      When file f is closed
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

    @open-file.32 @needs:copy-on-write @needs:whiteouts
    Scenario: A write to a deleted lower file does not reach the new file of that name
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was deleted
      And "a.txt" was created with "new"
      When "XYZ" is written to file f at 0
      Then file f reads "XYZ"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | new   | new   | old   |

    @open-file.33 @needs:copy-on-write @needs:whiteouts
    Scenario: A deleted lower file can be truncated through its descriptor
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was deleted
      When file f is truncated to 3 bytes
      Then file f reads "low"
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
