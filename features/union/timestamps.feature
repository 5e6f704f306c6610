Feature: Timestamps
  The times of an entry in the union are those of the entry it shows. Reading does not change the
  modification time, writing does; adding and removing entries changes that of the directory, even though
  the writable branch may have got its copy of the directory only a moment before.

  Rule: Times are set to the nanosecond

    They survive copy-up and remount with all their digits.

    @timestamp.1 @needs:copy-on-write
    Scenario Outline: A lower file can be given the mtime of <year>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is given mtime <time>
      Then "a.txt" has mtime <time>
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

      Examples:
        | year | time                 |
        | 1970 | 1.000000001          |
        | 2001 | 1000000000.000000003 |
        | 2040 | 2208988800.999999999 |

    @timestamp.2
    Scenario: An upper file can be given an mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      When "a.txt" is given mtime 1000000000.000000003
      Then "a.txt" has mtime 1000000000.000000003
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

    @timestamp.3 @needs:copy-on-write
    Scenario: The mtime of a lower file is still what it was set to after a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was given mtime 1000000000.000000003
      When the union is remounted
      Then "a.txt" has mtime 1000000000.000000003
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @timestamp.4 @needs:copy-on-write
    Scenario: The mtime of a lower directory can be set
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      When "d" is given mtime 1000000000.000000003
      Then "d" has mtime 1000000000.000000003
      And the state is now, and after a remount:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @timestamp.5 @needs:copy-on-write
    Scenario: Setting the atime of a lower file leaves its mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      When "a.txt" is given atime 1100000000.000000005
      Then "a.txt" has atime 1100000000.000000005
      And "a.txt" has mtime 1000000000.123456789
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @timestamp.6
    Scenario: Times can be set through a descriptor
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      And "a.txt" was opened as f with O_RDWR
      When file f is given mtime 1000000000.000000003
      Then "a.txt" has mtime 1000000000.000000003
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

  Rule: What changes an entry changes its times

    An mtime of long ago in the lower branch, and a later one after the change.

    @timestamp.7 @needs:copy-on-write
    Scenario: Writing to a lower file gives it a later mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      And "a.txt" was looked at
      When "new" is appended to "a.txt"
      Then "a.txt" has a later mtime than it had
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @timestamp.8 @needs:copy-on-write
    Scenario: Truncating a lower file gives it a later mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      And "a.txt" was looked at
      When "a.txt" is truncated to 0 bytes
      Then "a.txt" has a later mtime than it had
      And the state is now:
        | path  | union   | upper   | lower |
        | a.txt | (empty) | (empty) | lower |

    @timestamp.9 @needs:copy-on-write
    Scenario: Changing the mode of a lower file gives it a later ctime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was looked at
      When "a.txt" is given mode 0600
      Then "a.txt" has a later ctime than it had
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @timestamp.10 @needs:copy-on-write
    Scenario: Creating a file gives its lower directory a later mtime
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mtime 1000000000.123456789
      And "d" was looked at
      When "d/b.txt" is created with "new"
      Then "d" has a later mtime than it had
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |
        | d/b.txt | new   | new   |       |

    @timestamp.11 @needs:whiteouts
    Scenario: Deleting a file gives its lower directory a later mtime
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt |            | lower      |
      And "d" in the lower branch was given mtime 1000000000.123456789
      And "d" was looked at
      When "d/a.txt" is deleted
      Then "d" has a later mtime than it had
      And the state is now:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) | lower |
        | d/b.txt | lower |            | lower |

    @timestamp.12 @needs:copy-on-write @needs:whiteouts
    Scenario: Renaming a file gives the lower directory it goes to a later mtime
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | a.txt   |            | a          |
        | d/b.txt |            | b          |
      And "d" in the lower branch was given mtime 1000000000.123456789
      And "d" was looked at
      When "a.txt" is renamed to "d/a.txt"
      Then "d" has a later mtime than it had
      And the state is now:
        | path    | union | upper      | lower |
        | a.txt   |       | (whiteout) | a     |
        | d/a.txt | a     | a          |       |
        | d/b.txt | b     |            | b     |

  Rule: What only looks changes no modification time

    Known from rpodgorny/unionfs-fuse#75, where reading a file gave it a new one.

    @timestamp.13
    Scenario: Reading a lower file leaves its mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      When "a.txt" is read
      Then "a.txt" has mtime 1000000000.123456789
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @timestamp.14
    Scenario: Reading an upper file leaves its mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      And "a.txt" in the upper branch was given mtime 1000000000.123456789
      When "a.txt" is read
      Then "a.txt" has mtime 1000000000.123456789
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

    @timestamp.15
    Scenario: Listing a lower directory leaves its mtime
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mtime 1000000000.123456789
      When directory "d" is listed
      Then "d" has mtime 1000000000.123456789
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

  Rule: A directory that loses a name has changed too

    Not only the directory that gets one.

    @timestamp.16 @needs:copy-on-write @needs:whiteouts
    Scenario: Renaming a file gives the lower directory it comes from a later mtime
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | a          |
        | d/b.txt |            | b          |
      And "d" in the lower branch was given mtime 1000000000.123456789
      And "d" was looked at
      When "d/a.txt" is renamed to "a.txt"
      Then "d" has a later mtime than it had
      And the state is now:
        | path    | union | upper      | lower |
        | a.txt   | a     | a          |       |
        | d/a.txt |       | (whiteout) | a     |
        | d/b.txt | b     |            | b     |
