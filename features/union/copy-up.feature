@needs:copy-on-write
Feature: Copy-up
  A read-only branch never changes, and yet its files can be written to. Before the first change the file is
  copied to the same path of a writable branch above it, with the directories it lies in, and the change is
  made to the copy. From then on the copy shadows the original.

  Rule: A change to a lower file is made in a copy

    The copy holds the whole file, not the difference: a union works on files, not on blocks.

    @copy-up.1 @claim:U6
    Scenario: Appending to a lower file copies it up whole
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      When "new" is appended to "a.txt"
      Then the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @copy-up.2
    Scenario: Overwriting a lower file leaves nothing of its old content in the copy
      Given a union of these branches:
        | path  | upper (rw) | lower (ro)      |
        | a.txt |            | a long old text |
      When "a.txt" is overwritten with "x"
      Then the state is now:
        | path  | union | upper | lower           |
        | a.txt | x     | x     | a long old text |

    @copy-up.3
    Scenario: Writing into the middle of a lower file keeps what is before and behind
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abcdefgh   |
      When "XY" is written to "a.txt" at 3
      Then the state is now:
        | path  | union    | upper    | lower    |
        | a.txt | abcXYfgh | abcXYfgh | abcdefgh |

    @copy-up.4
    Scenario: Writing beyond the end of a lower file fills the gap with zeros
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abc        |
      When "Z" is written to "a.txt" at 5
      Then the state is now:
        | path  | union        | upper        | lower |
        | a.txt | abc\x00\x00Z | abc\x00\x00Z | abc   |

    @copy-up.5
    Scenario Outline: Truncating a lower file to <bytes> bytes truncates only the copy
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abcdef     |
      When "a.txt" is truncated to <bytes> bytes
      Then the state is now:
        | path  | union     | upper     | lower  |
        | a.txt | <content> | <content> | abcdef |

      Examples:
        | bytes | content            |
        | 0     | (empty)            |
        | 2     | ab                 |
        | 6     | abcdef             |
        | 9     | abcdef\x00\x00\x00 |

    @copy-up.6
    Scenario: An empty lower file can be appended to
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | (empty)    |
      When "new" is appended to "a.txt"
      Then the state is now:
        | path  | union | upper | lower   |
        | a.txt | new   | new   | (empty) |

    @copy-up.7
    Scenario: A large lower file is copied up to its last byte
      Given a union of these branches:
        | path | upper (rw) | lower (ro)      |
        | big  |            | (1200000 bytes) |
      When "big" is given mode 0600
      Then the state is now, and after a remount:
        | path | union           | upper           | lower           |
        | big  | (1200000 bytes) | (1200000 bytes) | (1200000 bytes) |

    @copy-up.8
    Scenario: Truncating a large lower file keeps its first bytes
      Given a union of these branches:
        | path | upper (rw) | lower (ro)     |
        | big  |            | (300000 bytes) |
      When "big" is truncated to 100001 bytes
      Then the state is now:
        | path | union          | upper          | lower          |
        | big  | (100001 bytes) | (100001 bytes) | (300000 bytes) |

    @copy-up.9
    Scenario: A copied-up file is still there after a remount
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
      When "new" is appended to "d/a.txt"
      Then the state is now, and after a remount:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |

    @copy-up.10
    Scenario: The second change goes to the copy of the first
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | a          |
      And "b" was appended to "a.txt"
      When "c" is appended to "a.txt"
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | abc   | abc   | a     |

  Rule: Only what changes is copied

    A branch that grows by more than what was written is wasted space in every layer and archive made of it.

    @copy-up.11
    Scenario Outline: A lower file that is only <action> stays where it is
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      When <step>
      Then "d/a.txt" was not copied up
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

      Examples:
        | action    | step                                   |
        | read      | "d/a.txt" is read                      |
        | looked at | "d/a.txt" is looked at                 |
        | listed    | directory "d" is listed                |
        | opened    | "d/a.txt" is opened as f with O_RDONLY |

    @copy-up.12
    Scenario: The siblings of a changed file are not copied up
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | a          |
        | d/b.txt   |            | b          |
        | d/e/c.txt |            | c          |
      When "x" is appended to "d/a.txt"
      Then the state is now:
        | path      | union | upper | lower |
        | d/a.txt   | ax    | ax    | a     |
        | d/b.txt   | b     |       | b     |
        | d/e/c.txt | c     |       | c     |

    @copy-up.13
    Scenario: The file that a copy is made of may be shadowed further down
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      | lower      |
      When "!" is appended to "a.txt"
      Then the state is now:
        | path  | union   | upper   | middle | lower |
        | a.txt | middle! | middle! | middle | lower |

    @copy-up.14 @needs:sparse-copy-up
    Scenario: The holes of a sparse file are still holes in its copy
      Given a union of these branches:
        | path | upper (rw) | lower (ro)      |
        | disk |            | (1000000 zeros) |
      When "disk" is given mode 0600
      Then "disk" in the upper branch has at most 64 blocks
      And the state is now:
        | path | union           | upper           | lower           |
        | disk | (1000000 zeros) | (1000000 zeros) | (1000000 zeros) |

    @copy-up.15 @needs:hole-punching
    Scenario: A hole that is punched into a lower file is in the copy only
      Given a union of these branches:
        | path | upper (rw) | lower (ro)   |
        | disk |            | (4096 bytes) |
      And "disk" was opened as f with O_RDWR
      When a hole of 4096 bytes at 0 is punched into file f
      Then the state is now:
        | path | union        | upper        | lower        |
        | disk | (4096 zeros) | (4096 zeros) | (4096 bytes) |

  Rule: The directories a changed entry lies in are created in the writable branch

    A path needs its parents. They are copied without their entries, so that they merge with the originals.

    @copy-up.16
    Scenario: A file is copied up together with the path to it
      Given a union of these branches:
        | path        | upper (rw) | lower (ro) |
        | a/b/c/f.txt |            | old        |
        | a/b/g.txt   |            | other      |
      When "new" is appended to "a/b/c/f.txt"
      Then the state is now, and after a remount:
        | path        | union  | upper  | lower |
        | a/b/c/f.txt | oldnew | oldnew | old   |
        | a/b/g.txt   | other  |        | other |

    @copy-up.17
    Scenario: A new file in a lower directory is created below a copy of that directory
      Given a union of these branches:
        | path        | upper (rw) | lower (ro) |
        | a/b/old.txt |            | old        |
      When "a/b/new.txt" is created with "new"
      Then the state is now, and after a remount:
        | path        | union | upper | lower |
        | a/b/old.txt | old   |       | old   |
        | a/b/new.txt | new   | new   |       |

    @copy-up.18
    Scenario: A new directory in a lower directory merges with nothing
      Given a union of these branches:
        | path        | upper (rw) | lower (ro) |
        | a/b/old.txt |            | old        |
      When directory "a/c" is created
      Then the state is now, and after a remount:
        | path        | union       | upper       | lower |
        | a/b/old.txt | old         |             | old   |
        | a/c         | (directory) | (directory) |       |

    @copy-up.19
    Scenario: A directory that the writable branch has already is used as it is
      Given a union of these branches:
        | path        | upper (rw) | lower (ro) |
        | d/upper.txt | upper      |            |
        | d/lower.txt |            | lower      |
      And "d" in the upper branch was given mode 0711
      When "!" is appended to "d/lower.txt"
      Then "d" has mode 0711
      And the state is now:
        | path        | union  | upper  | lower |
        | d/upper.txt | upper  | upper  |       |
        | d/lower.txt | lower! | lower! | lower |

  Rule: An editor changes the copy, however it writes

    Some editors write a file in place; others write a new file and rename it over the old one, or rename
    the old one to a backup first. The lower branch is left alone each time.

    @copy-up.20 @claim:U16 @needs:visible-to-programs @requires:editor
    Scenario: A lower file that is edited with an editor keeps its content
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1\n    |
      When "test" is edited to read "test1aaaa\n"
      Then the state is now:
        | path | union       | upper       | lower   |
        | test | test1aaaa\n | test1aaaa\n | test1\n |

    @copy-up.21 @claim:U16
    Scenario: An editor that writes in place leaves a copy with the new content
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1\n    |
      When "test" is overwritten with "test1aaaa\n"
      Then the state is now:
        | path | union       | upper       | lower   |
        | test | test1aaaa\n | test1aaaa\n | test1\n |

    @copy-up.22 @claim:U16
    Scenario: An editor that renames a new file over the old one leaves the new content only
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1\n    |
      And "test~" was created with "test1aaaa\n"
      When "test~" is renamed to "test"
      Then the state is now, and after a remount:
        | path | union       | upper       | lower   |
        | test | test1aaaa\n | test1aaaa\n | test1\n |

    @copy-up.23 @claim:U16
    Scenario: An editor that keeps a backup leaves the old content under the name of the backup
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1\n    |
      And "test" was renamed to "test~"
      When "test" is created with "test1aaaa\n"
      Then the state is now, and after a remount:
        | path  | union       | upper       | lower   |
        | test  | test1aaaa\n | test1aaaa\n | test1\n |
        | test~ | test1\n     | test1\n     |         |
