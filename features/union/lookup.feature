Feature: Lookup
  A union shows several directories, its branches, as one. A name is looked up from the highest branch down,
  and the first branch that has it answers: whatever lower branches hold under that name is shadowed. Only
  directories behave differently: those with the same path are merged into one.

  Rule: The highest branch that has a name provides it

    A union is ordered. Which branch wins never depends on age, size or kind of the entries.

    @lookup.1 @claim:U2
    Scenario: A file of the upper branch shadows the lower file of the same name
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      When "a.txt" is read
      Then "a.txt" reads "upper"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

    @lookup.2
    Scenario: A file that only the lower branch has is found there
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is read
      Then "a.txt" reads "lower"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @lookup.3
    Scenario: Of two read-only branches the higher one provides the name
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      | lower      |
      When "a.txt" is read
      Then "a.txt" reads "middle"
      And the state is now:
        | path  | union  | upper | middle | lower |
        | a.txt | middle |       | middle | lower |

    @lookup.4
    Scenario Outline: An upper <kind> shadows a lower file
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name | <cell>     | lower      |
      When "name" is looked at
      Then the state is now:
        | path | union  | upper  | lower |
        | name | <cell> | <cell> | lower |

      Examples:
        | kind       | cell         |
        | directory  | (directory)  |
        | symlink    | -> elsewhere |
        | empty file | (empty)      |
        | fifo       | (fifo)       |
        | socket     | (socket)     |

    @lookup.5
    Scenario: A name that no branch has does not exist
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      When "b.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

    @lookup.6
    Scenario: Names that differ in case are different names
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | A.txt | upper      |            |
        | a.txt |            | lower      |
      When directory "." is listed
      Then directory "." lists "A.txt, a.txt"
      And the state is now:
        | path  | union | upper | lower |
        | A.txt | upper | upper |       |
        | a.txt | lower |       | lower |

  Rule: Directories with the same path are merged

    A merged directory has the entries of all branches below it. Its own mode, owner and times are those of
    the highest one.

    @lookup.7 @claim:U1
    Scenario: A directory of two branches has the entries of both
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt | upper      |            |
        | d/b.txt |            | lower      |
      When "d/b.txt" is read
      Then "d/b.txt" reads "lower"
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | upper | upper |       |
        | d/b.txt | lower |       | lower |

    @lookup.8
    Scenario: Directories are merged at every depth
      Given a union of these branches:
        | path              | upper (rw) | middle (ro) | lower (ro) |
        | a/b/c/upper.txt   | 1          |             |            |
        | a/b/middle.txt    |            | 2           |            |
        | a/b/c/d/lower.txt |            |             | 3          |
        | a/b/c/same.txt    |            | middle      | lower      |
      When "a/b/c/d/lower.txt" is read
      Then "a/b/c/d/lower.txt" reads "3"
      And the state is now:
        | path              | union  | upper | middle | lower |
        | a/b/c/upper.txt   | 1      | 1     |        |       |
        | a/b/middle.txt    | 2      |       | 2      |       |
        | a/b/c/d/lower.txt | 3      |       |        | 3     |
        | a/b/c/same.txt    | middle |       | middle | lower |

    @lookup.9
    Scenario: A merged directory has the mode of the highest branch
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And "d" in the upper branch was given mode 0711
      And "d" in the lower branch was given mode 0750
      When "d" is looked at
      Then "d" has mode 0711
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @lookup.10 @requires:root
    Scenario: A merged directory has the owner of the highest branch
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And "d" in the upper branch was given owner 5:6
      And "d" in the lower branch was given owner 7:8
      When "d" is looked at
      Then "d" has owner 5:6
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

  Rule: Directories are merged with directories only

    An entry of another kind, and a directory above one, ends the search: nothing below it can be seen, as
    if the lower path had never been there.

    @lookup.11
    Scenario: An upper file shadows a lower directory and everything in it
      Given a union of these branches:
        | path    | upper (rw) | lower (ro)  |
        | d       | upper      | (directory) |
        | d/a.txt |            | lower       |
      When "d/a.txt" is read
      Then it fails with ENOTDIR
      And the state is now:
        | path    | union | upper | lower       |
        | d       | upper | upper | (directory) |
        | d/a.txt |       |       | lower       |

    @lookup.12
    Scenario: A lower file is not seen in the directory above it
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro) |
        | d       | (directory) | lower      |
        | d/a.txt | upper       |            |
      When directory "d" is listed
      Then directory "d" lists "a.txt"
      And the state is now:
        | path    | union       | upper       | lower |
        | d       | (directory) | (directory) | lower |
        | d/a.txt | upper       | upper       |       |

    @lookup.13
    Scenario: A file between two directories keeps them from being merged
      Given a union of these branches:
        | path    | upper (rw)  | middle (ro) | lower (ro)  |
        | d       | (directory) | file        | (directory) |
        | d/a.txt | upper       |             |             |
        | d/z.txt |             |             | lower       |
      When directory "d" is listed
      Then directory "d" lists "a.txt"
      And the state is now:
        | path    | union       | upper       | middle | lower       |
        | d       | (directory) | (directory) | file   | (directory) |
        | d/a.txt | upper       | upper       |        |             |
        | d/z.txt |             |             |        | lower       |

    @lookup.14
    Scenario: An upper symlink shadows a lower directory
      Given a union of these branches:
        | path    | upper (rw) | lower (ro)  |
        | d       | -> e       | (directory) |
        | d/a.txt |            | lower       |
        | e/b.txt |            | other       |
      When "d/b.txt" is read
      Then directory "d" lists "b.txt"
      And the state is now:
        | path    | union | upper | lower       |
        | d       | -> e  | -> e  | (directory) |
        | d/a.txt |       |       | lower       |
        | e/b.txt | other |       | other       |

  Rule: A lower symlink is never followed while branches are merged

    A symlink is one entry as any other when it is shadowed; following it would lead to a place the upper
    directory has nothing to do with.

    Known from containers/fuse-overlayfs#337, where the upper directory was not found above a dangling
    symlink.

    @lookup.15
    Scenario: An upper directory shadows a dangling symlink
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro) |
        | d       | (directory) | -> nowhere |
        | d/a.txt | upper       |            |
      When "d/a.txt" is read
      Then "d/a.txt" reads "upper"
      And the state is now:
        | path    | union       | upper       | lower      |
        | d       | (directory) | (directory) | -> nowhere |
        | d/a.txt | upper       | upper       |            |

    @lookup.16
    Scenario: An upper directory is not merged with what a lower symlink points at
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro) |
        | d       | (directory) | -> e       |
        | d/a.txt | upper       |            |
        | e/b.txt |             | lower      |
      When directory "d" is listed
      Then directory "d" lists "a.txt"
      And the state is now:
        | path    | union       | upper       | lower |
        | d       | (directory) | (directory) | -> e  |
        | d/a.txt | upper       | upper       |       |
        | e/b.txt | lower       |             | lower |
