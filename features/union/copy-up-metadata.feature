@needs:copy-on-write
Feature: Copy-up of metadata
  Mode, owner, times and attributes belong to a file as much as its content. Changing one of them copies the
  file up; and a copy that is made for any other reason must carry all of them, to the nanosecond, or a
  program that compares before and after sees a different file.

  Rule: A change of metadata is made in a copy

    The lower entry keeps what it had. A directory is copied without its entries.

    @metadata.1
    Scenario: Changing the mode of a lower file copies it up
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is given mode 0600
      Then "a.txt" has mode 0600
      And "a.txt" in the lower branch has mode 0644
      And the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @metadata.2 @requires:root
    Scenario: Changing the owner of a lower file copies it up
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is given owner 5:6
      Then "a.txt" has owner 5:6
      And "a.txt" in the lower branch has owner 0:0
      And the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @metadata.3
    Scenario: Setting the mtime of a lower file copies it up
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      When "a.txt" is given mtime 1100000000.987654321
      Then "a.txt" has mtime 1100000000.987654321
      And "a.txt" in the lower branch has mtime 1000000000.123456789
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @metadata.4
    Scenario: Changing the mode of a lower directory copies nothing in it
      Known from rpodgorny/unionfs-fuse#25.

      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | a          |
        | d/e/b.txt |            | b          |
      When "d" is given mode 0711
      Then "d" has mode 0711
      And the state is now, and after a remount:
        | path      | union       | upper       | lower       |
        | d         | (directory) | (directory) | (directory) |
        | d/a.txt   | a           |             | a           |
        | d/e/b.txt | b           |             | b           |

    @metadata.5
    Scenario: A changed mode of a lower directory is still there after a remount
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was given mode 0711
      When the union is remounted
      Then "d" has mode 0711
      And "d" in the lower branch has mode 0755
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @metadata.6
    Scenario: Changing the mode of the root directory leaves the lower one
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "." in the lower branch was given mode 0755
      When "." is given mode 0711
      Then "." has mode 0711
      And "." in the lower branch has mode 0755
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

  Rule: A copy has the mode of its original

    Known from containers/fuse-overlayfs#470 (widened), #127 (set-user-ID lost) and #407 (not passed on).

    @metadata.7
    Scenario Outline: A file of mode <mode> keeps it when it is written to
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" in the lower branch was given mode <mode>
      When "new" is appended to "a.txt"
      Then "a.txt" has mode <mode>
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

      Examples:
        | mode |
        | 0600 |
        | 0666 |
        | 0711 |
        | 0640 |

    @metadata.8
    Scenario Outline: A file of mode <mode> keeps it when its mtime is set
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program |            | text       |
      And "program" in the lower branch was given mode <mode>
      When "program" is given mtime 1000000000.123456789
      Then "program" has mode <mode>
      And the state is now:
        | path    | union | upper | lower |
        | program | text  | text  | text  |

      Examples:
        | mode |
        | 4755 |
        | 2755 |
        | 1644 |

    @metadata.9
    Scenario Outline: A parent directory of mode <mode> keeps it when a file in it is copied up
      Known from rpodgorny/unionfs-fuse#102.

      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/e/a.txt |            | old        |
      And "d" in the lower branch was given mode <mode>
      When "new" is appended to "d/e/a.txt"
      Then "d" has mode <mode>
      And "d" in the upper branch has mode <mode>
      And the state is now:
        | path      | union  | upper  | lower |
        | d/e/a.txt | oldnew | oldnew | old   |

      Examples:
        | mode |
        | 0700 |
        | 0751 |
        | 1777 |
        | 2775 |

  Rule: A copy has the owner of its original

    Whoever changes the file: the copy is made by the union, not by the writer. Known from
    rpodgorny/unionfs-fuse#82 and #128.

    @metadata.10 @requires:root
    Scenario Outline: A file of owner <owner> keeps it when it is written to
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" in the lower branch was given owner <owner>
      When "new" is appended to "a.txt"
      Then "a.txt" has owner <owner>
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

      Examples:
        | owner       |
        | 5:6         |
        | 65534:65534 |

    @metadata.11 @requires:root
    Scenario: A parent directory keeps its owner when a file is created in it
      Given a union of these branches:
        | path        | upper (rw) | lower (ro) |
        | d/e/old.txt |            | old        |
      And "d" in the lower branch was given owner 7:8
      And "d/e" in the lower branch was given owner 5:6
      When "d/e/new.txt" is created with "new"
      Then "d" has owner 7:8
      And the state is now:
        | path        | union | upper | lower |
        | d/e/old.txt | old   |       | old   |
        | d/e/new.txt | new   | new   |       |

    @metadata.12 @requires:root
    Scenario: A directory keeps its owner when its mode is changed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given owner 5:6
      When "d" is given mode 0711
      Then "d" has owner 5:6
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

  Rule: A copy has the modification time of its original

    Only writing to a file changes its mtime, and only adding or removing an entry changes that of a
    directory. A copy-up is neither; tools such as `make` and `rsync` depend on it. The branch is looked at
    as well, because the kernel may show the old time of a directory for a second after it was lost.

    @metadata.13
    Scenario: The mtime is kept to the nanosecond when the mode is changed
      Known from rpodgorny/unionfs-fuse#99, where copies had whole seconds.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      When "a.txt" is given mode 0600
      Then "a.txt" has mtime 1000000000.123456789
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @metadata.14
    Scenario: The mtime of a directory is kept when the mode of a file in it is changed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mtime 1000000000.123456789
      When "d/a.txt" is given mode 0600
      Then "d" has mtime 1000000000.123456789
      And "d" in the upper branch has mtime 1000000000.123456789
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower | lower | lower |

    @metadata.15
    Scenario: The mtime of a directory is kept when a file in it is written to
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
      And "d" in the lower branch was given mtime 1000000000.123456789
      When "new" is appended to "d/a.txt"
      Then "d" has mtime 1000000000.123456789
      And "d" in the upper branch has mtime 1000000000.123456789
      And the state is now:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |

    @metadata.16
    Scenario: The mtime of a directory is kept when a directory in it is copied up
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/e/a.txt |            | lower      |
      And "d" in the lower branch was given mtime 1000000000.123456789
      When "d/e" is given mode 0711
      Then "d" has mtime 1000000000.123456789
      And "d" in the upper branch has mtime 1000000000.123456789
      And the state is now:
        | path      | union       | upper       | lower       |
        | d/e       | (directory) | (directory) | (directory) |
        | d/e/a.txt | lower       |             | lower       |

    @metadata.17
    Scenario: The mtime of a merged directory is kept when a file in it is copied up
      The upper directory gets an entry by that, and shows it in its own mtime if nobody sets it back.

      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | old         |
      And "d" in the upper branch was given mtime 1000000000.123456789
      When "new" is appended to "d/a.txt"
      Then "d" has mtime 1000000000.123456789
      And "d" in the upper branch has mtime 1000000000.123456789
      And the state is now:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |

    @metadata.18 @requires:root
    Scenario: Giving a whole tree to another user keeps the mtime of its directories
      Known from containers/fuse-overlayfs#400.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mtime 1000000000.123456789
      And "d/a.txt" was given owner 5:6
      When "d" is given owner 5:6
      Then "d" has mtime 1000000000.123456789
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower | lower | lower |

  Rule: A copy is the same entry to those who look at it

    A program that remembers a file by its inode number, as `tar` and `find` do, finds it again after its
    copy-up.

    @metadata.19 @needs:stable-inodes
    Scenario: A file keeps its inode number when it is copied up
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" was looked at
      When "new" is appended to "a.txt"
      Then "a.txt" has the inode number "a.txt" had
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @metadata.20 @needs:stable-inodes
    Scenario: A directory keeps its inode number when it is copied up
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was looked at
      When "d" is given mode 0711
      Then "d" has the inode number "d" had
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @metadata.21 @needs:stable-inodes
    Scenario: A copied-up file keeps its inode number through a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "new" was appended to "a.txt"
      And "a.txt" was looked at
      When the union is remounted
      Then "a.txt" has the inode number "a.txt" had
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @metadata.24 @needs:stable-inodes
    Scenario: A copied-up file of the lowest of three branches keeps its inode number through a remount
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            |             | old        |
        | b.txt |            | other       |            |
      And "new" was appended to "a.txt"
      And "a.txt" was looked at
      When the union is remounted
      Then "a.txt" has the inode number "a.txt" had
      And the state is now:
        | path  | union  | upper  | middle | lower |
        | a.txt | oldnew | oldnew |        | old   |
        | b.txt | other  |        | other  |       |

    @metadata.22
    Scenario: Two lower files are different files before and after a copy-up
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | 1           |            |
        | b.txt |            |             | 2          |
      When "!" is appended to "a.txt"
      Then "a.txt" and "b.txt" are different files
      And the state is now:
        | path  | union | upper | middle | lower |
        | a.txt | 1!    | 1!    | 1      |       |
        | b.txt | 2     |       |        | 2     |

  Rule: A copy has the access time of its original

    To make the copy the original is read, and that is nobody's access. The time of the examples is in the
    future, where a mount with relatime leaves it alone.

    @metadata.23
    Scenario: The atime is kept when the mode is changed
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given atime 2000000000.123456789
      When "a.txt" is given mode 0600
      Then "a.txt" has atime 2000000000.123456789
      And "a.txt" in the upper branch has atime 2000000000.123456789
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |
