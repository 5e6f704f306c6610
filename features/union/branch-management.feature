@needs:branch-changes
Feature: Branches that come and go
  Some unions can change their branches while they are mounted: a live system adds a branch for each package
  that is plugged in, a host moves a full disk out of the way. What is open and what is deleted has to survive
  that, and a branch that is in use has to stay.

  Rule: A branch comes while the union is mounted

    From then on the union is what it would be if it had been mounted with the branch. Where the branch is put
    decides: the lowest shows only what nobody else has, the highest covers everything.

    @branch-management.1
    Scenario: An appended branch shows what no other branch has
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) | extra (apart) |
        | a.txt |            | lower      | extra         |
        | b.txt |            |            | extra         |
      And "a.txt" was read
      When the extra branch is appended to the union as ro
      Then the state is now:
        | path  | union | upper | lower | extra |
        | a.txt | lower |       | lower | extra |
        | b.txt | extra |       |       | extra |

    @branch-management.2
    Scenario: A prepended branch covers what the others have
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) | extra (apart) |
        | a.txt |            | lower      | extra         |
        | b.txt | upper      |            |               |
      And "a.txt" was read
      When the extra branch is prepended to the union as ro
      Then the state is now:
        | path  | union | upper | lower | extra |
        | a.txt | extra |       | lower | extra |
        | b.txt | upper | upper |       |       |

    @branch-management.22
    Scenario Outline: With direct access <access> a prepended branch shows at once whatever was looked up before
      What a union may remember of its branches is of other branches now.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) | extra (apart) |
        | a.txt |            | lower      | extra         |
        | b.txt |            |            | extra         |
      And the union was mounted with direct access <access>
      And "a.txt" was looked at
      And "b.txt" was not found
      When the extra branch is prepended to the union as ro
      Then the state is now:
        | path  | union | upper | lower | extra |
        | a.txt | extra |       | lower | extra |
        | b.txt | extra |       |       | extra |

      Examples:
        | access |
        | none   |
        | reval  |
        | notify |

    @branch-management.3 @needs:several-writable-branches
    Scenario: New files go to a writable branch that was prepended
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) | extra (apart) |
        | a.txt |            | lower      |               |
      And "old" was created with "before"
      And the extra branch was prepended to the union as rw
      When "new" is created with "after"
      Then the state is now, and after a remount:
        | path  | union  | upper  | lower | extra |
        | a.txt | lower  |        | lower |       |
        | new   | after  |        |       | after |
        | old   | before | before |       |       |

    @branch-management.4
    Scenario: An inserted branch covers what is below it and is covered by what is above
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) | extra (apart) |
        | a.txt | upper      |            | extra         |
        | b.txt |            | lower      | extra         |
        | c.txt |            |            | extra         |
      When the extra branch is inserted into the union at 1 as ro
      Then the state is now, and after a remount:
        | path  | union | upper | lower | extra |
        | a.txt | upper | upper |       | extra |
        | b.txt | extra |       | lower | extra |
        | c.txt | extra |       |       | extra |

    @branch-management.5
    Scenario: An appended branch merges into directories that were there before
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) | extra (apart) |
        | d/a.txt | upper      |            |               |
        | d/b.txt |            | lower      |               |
        | d/c.txt |            |            | extra         |
      And directory "d" was listed
      When the extra branch is appended to the union as ro
      Then directory "d" lists "a.txt, b.txt, c.txt"
      And the state is now:
        | path    | union | upper | lower | extra |
        | d/a.txt | upper | upper |       |       |
        | d/b.txt | lower |       | lower |       |
        | d/c.txt | extra |       |       | extra |

    @branch-management.6 @needs:whiteouts
    Scenario: What was deleted before stays deleted when an appended branch has it
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) | extra (apart) |
        | a.txt |            | lower      | extra         |
      And "a.txt" was deleted
      When the extra branch is appended to the union as ro
      Then the state is now, and after a remount:
        | path  | union | upper      | lower | extra |
        | a.txt |       | (whiteout) | lower | extra |

    @branch-management.7
    Scenario: A branch that is there already is not added a second time
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) | extra (apart) |
        | a.txt |            | lower      | extra         |
      And the extra branch was appended to the union as ro
      When the extra branch is prepended to the union as ro
      Then the state is now:
        | path  | union | upper | lower | extra |
        | a.txt | lower |       | lower | extra |

  Rule: A branch goes while the union is mounted

    Its directory keeps what it holds; the union shows what the other branches have.

    @branch-management.8
    Scenario: What only a branch has that is taken off is gone
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      | lower      |
        | b.txt |            | middle      |            |
      And "a.txt" was read
      When the middle branch is taken off the union
      Then the state is now:
        | path  | union | upper | middle | lower |
        | a.txt | lower |       | middle | lower |
        | b.txt |       |       | middle |       |

    @branch-management.9 @needs:copy-on-write @needs:several-writable-branches
    Scenario: A writable branch that is taken off keeps the changes that were made in it
      Given a union of these branches:
        | path  | upper (rw) | second (rw) | lower (ro) |
        | a.txt |            |             | old        |
      And "new" was appended to "a.txt"
      When the upper branch is taken off the union
      Then the state is now:
        | path  | union | upper  | second | lower |
        | a.txt | old   | oldnew |        | old   |

    @branch-management.10
    Scenario: A branch that a file is open in cannot be taken off
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      | lower      |
      And "a.txt" was opened as f with O_RDONLY
      When the middle branch is taken off the union
      Then it fails with EBUSY
      And file f reads "middle"
      And the state is now:
        | path  | union  | upper | middle | lower |
        | a.txt | middle |       | middle | lower |

    @branch-management.11
    Scenario: A branch can be taken off once nothing is open in it any more
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      | lower      |
      And "a.txt" was opened as f with O_RDONLY
      And file f was closed
      When the middle branch is taken off the union
      Then the state is now:
        | path  | union | upper | middle | lower |
        | a.txt | lower |       | middle | lower |

    @branch-management.12
    Scenario: A file that is open in another branch does not keep a branch
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      |            |
        | b.txt |            |             | lower      |
      And "b.txt" was opened as f with O_RDONLY
      When the middle branch is taken off the union
      Then file f reads "lower"
      And the state is now:
        | path  | union | upper | middle | lower |
        | a.txt |       |       | middle |       |
        | b.txt | lower |       |        | lower |

    @branch-management.13
    Scenario: A directory that does not exist cannot be taken off
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When the missing branch is taken off the union
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @branch-management.14
    Scenario: The last branch cannot be taken off
      Given a union of these branches:
        | path  | upper (rw) |
        | a.txt | upper      |
      When the upper branch is taken off the union
      Then it fails with EBUSY
      And the state is now:
        | path  | union | upper |
        | a.txt | upper | upper |

    @branch-management.15 @needs:copy-on-write
    Scenario: A branch that was taken off can come back as the lowest
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      | lower      |
        | b.txt |            | middle      |            |
      And the middle branch was taken off the union
      And the middle branch was appended to the union as ro
      When "+" is appended to "b.txt"
      Then the state is now, and after a remount:
        | path  | union   | upper   | middle | lower |
        | a.txt | lower   |         | middle | lower |
        | b.txt | middle+ | middle+ | middle |       |

  Rule: A branch gets another mode while the union is mounted

    A branch that is made read-only is frozen, also for what is open in it. One that is made writable is
    changed in place.

    @branch-management.16 @claim:U7
    Scenario: A union whose only writable branch is made read-only refuses every write
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt | upper      |            |
      And the upper branch was made ro
      When "+" is appended to "b.txt"
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |
        | b.txt | upper | upper |       |

    @branch-management.17 @claim:U10 @claim:U8
    Scenario: A file of a branch that is made writable is changed in place
      Given a union of these branches:
        | path | a (rw) | b (ro) |
        | a    | a      |        |
        | b    |        | b      |
      And the b branch was made rw
      When "+" is appended to "b"
      Then the state is now:
        | path | union | a | b  |
        | a    | a     | a |    |
        | b    | b+    |   | b+ |

    @branch-management.18
    Scenario: Writing to a file fails once its branch is made read-only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
      And "a.txt" was opened as f with O_WRONLY
      And the upper branch was made ro
      When "new" is written to file f at 0
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |

    @branch-management.19 @needs:several-writable-branches
    Scenario: Only what a lower writable branch has can be changed once the highest is made read-only
      Given a union of these branches:
        | path  | upper (rw) | second (rw) |
        | a.txt | upper      | second      |
        | b.txt |            | second      |
      And the upper branch was made ro
      And "+" was appended to "b.txt"
      When "+" is appended to "a.txt"
      Then it fails with EROFS
      And the state is now:
        | path  | union   | upper | second  |
        | a.txt | upper   | upper | second  |
        | b.txt | second+ |       | second+ |

    @branch-management.20 @needs:whiteouts @needs:whiteouts-in-read-only-branches
    Scenario: A branch that is made ro+wh goes on hiding what was deleted
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | lower      |
      And "a.txt" was deleted
      When the upper branch is made ro+wh
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | lower |            | lower |

    @branch-management.21 @needs:whiteouts @needs:plain-read-only-branches
    Scenario: A branch that is made ro hides nothing any more
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | lower      |
      And "a.txt" was deleted
      When the upper branch is made ro
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt | lower | (whiteout) | lower |
        | b.txt | lower |            | lower |
