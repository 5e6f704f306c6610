@needs:visible-to-programs
Feature: Mappings and locks
  Programs map files into memory and lock them against each other. Both are tied to the file, not to its
  name or its place in a branch; when a copy-up moves the file to another branch, mappings and locks have to
  move with it.

  Rule: A shared mapping is the file itself

    What is written to memory is written to the copy, and what is written to the file is seen in memory.

    @mapping.1 @needs:copy-on-write
    Scenario: Writing to the mapping of a lower file changes the copy
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abc        |
      And "a.txt" was opened as f with O_RDWR
      And file f was mapped
      And "X" was written to the mapping of f at 0
      When file f is synced
      Then the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | Xbc   | Xbc   | abc   |

    @mapping.2
    Scenario: Writing to the mapping of an upper file changes it in place
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | abc        | lower      |
      And "a.txt" was opened as f with O_RDWR
      And file f was mapped
      And "X" was written to the mapping of f at 0
      When file f is synced
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | Xbc   | Xbc   | lower |

    @mapping.3
    Scenario: A mapping of a lower file shows its content and copies nothing
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When file f is mapped
      Then the mapping of f reads "lower"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @mapping.4 @needs:copy-on-write
    Scenario: A mapping of a lower file shows what is written to the file later
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | abc        |
      And "a.txt" was opened as f with O_RDONLY
      And file f was mapped
      When "X" is written to "a.txt" at 0
      Then the mapping of f reads "Xbc"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | Xbc   | Xbc   | abc   |

    @mapping.5
    Scenario: A mapping of an upper file shows what is written to the file later
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | abc        | lower      |
      And "a.txt" was opened as f with O_RDONLY
      And file f was mapped
      When "X" is written to "a.txt" at 0
      Then the mapping of f reads "Xbc"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | Xbc   | Xbc   | lower |

    @mapping.6 @needs:whiteouts
    Scenario: A mapping of a lower file outlives the deletion of the file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      And file f was mapped
      When "a.txt" is deleted
      Then the mapping of f reads "lower"
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

  Rule: A lock holds for everybody who opens the file

    Also for one who opens it for writing, and so gets the copy, while the lock was taken on the original.

    @mapping.7
    Scenario Outline: A lower file that is locked for reading with <lock> cannot be locked for writing
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      And file f was locked for reading with <lock>
      And "a.txt" was opened as g with O_RDWR
      When file g is locked for writing with <lock>
      Then it fails with EAGAIN

      Examples:
        | lock  |
        | flock |
        | fcntl |

    @mapping.8
    Scenario Outline: A lower file can be locked for reading with <lock> by two
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was opened as f with O_RDONLY
      And file f was locked for reading with <lock>
      And "a.txt" was opened as g with O_RDONLY
      When file g is locked for reading with <lock>
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

      Examples:
        | lock  |
        | flock |
        | fcntl |

    @mapping.9
    Scenario Outline: An upper file that is locked for writing with <lock> cannot be locked for reading
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      And "a.txt" was opened as f with O_RDWR
      And file f was locked for writing with <lock>
      And "a.txt" was opened as g with O_RDONLY
      When file g is locked for reading with <lock>
      Then it fails with EAGAIN

      Examples:
        | lock  |
        | flock |
        | fcntl |

    @mapping.10 @needs:hard-links
    Scenario: A lock that is taken through one name of an upper file holds for the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
        | b.txt | = a.txt    |            |
      And "a.txt" was opened as f with O_RDWR
      And file f was locked for writing with flock
      And "b.txt" was opened as g with O_RDWR
      When file g is locked for writing with flock
      Then it fails with EAGAIN
