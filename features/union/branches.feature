Feature: Branches
  A union is made of an ordered list of branches, each with a mode. Usually the first one can be written to
  and the others cannot, and then all changes gather in the first. With several writable branches a change
  is made where the entry already is.

  Rule: With one writable branch, every change is made there

    It is what one gets without naming any modes: the first branch is writable, all others are read-only.

    @branch.1 @claim:U4 @needs:copy-on-write
    Scenario: Of branches without modes only the first is written to
      Given a union of these branches:
        | path | a (rw) | b (ro) | c (ro) |
        | 001  | one    |        |        |
        | 002  |        | two    |        |
        | 003  |        |        | three  |
      And "+" was appended to "001"
      And "+" was appended to "002"
      When "+" is appended to "003"
      Then the state is now:
        | path | union  | a      | b   | c     |
        | 001  | one+   | one+   |     |       |
        | 002  | two+   | two+   | two |       |
        | 003  | three+ | three+ |     | three |

    @branch.2 @claim:U5
    Scenario: A file of the writable branch is changed in place
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | 001  | image1     |            |
        | 002  | image1     | image2     |
      When "container" is appended to "002"
      Then the state is now:
        | path | union           | upper           | lower  |
        | 001  | image1          | image1          |        |
        | 002  | image1container | image1container | image2 |

    @branch.3 @claim:U17
    Scenario: A new file is created in the writable branch only
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      When "new" is created with "added"
      Then the state is now, and after a remount:
        | path | union | upper | lower |
        | new  | added | added |       |
        | test | test1 |       | test1 |

    @branch.4 @claim:U17
    Scenario: A new directory is created in the writable branch only
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      When directory "new" is created
      Then "new" has mode 0755
      And the state is now, and after a remount:
        | path | union       | upper       | lower |
        | new  | (directory) | (directory) |       |
        | test | test1       |             | test1 |

    @branch.5 @claim:U10 @needs:copy-on-write
    Scenario: Changes of three files reach only the one writable branch
      Given a union of these branches:
        | path | a (rw) | b (ro) |
        | a    | a      |        |
        | b    |        | b      |
        | x    | ax     | bx     |
      And "+" was appended to "a"
      And "+" was appended to "b"
      When "+" is appended to "x"
      Then the state is now:
        | path | union | a   | b  |
        | a    | a+    | a+  |    |
        | b    | b+    | b+  | b  |
        | x    | ax+   | ax+ | bx |

  Rule: With several writable branches, an entry is changed where it is

    Nothing needs to be copied, because nothing is read-only.

    @branch.6 @claim:U10 @needs:several-writable-branches
    Scenario: Changes of three files reach both writable branches
      Given a union of these branches:
        | path | a (rw) | b (rw) |
        | a    | a      |        |
        | b    |        | b      |
        | x    | ax     | bx     |
      And "+" was appended to "a"
      And "+" was appended to "b"
      When "+" is appended to "x"
      Then the state is now:
        | path | union | a   | b  |
        | a    | a+    | a+  |    |
        | b    | b+    |     | b+ |
        | x    | ax+   | ax+ | bx |

    @branch.7 @claim:U8 @needs:several-writable-branches
    Scenario: A file that only the lower writable branch has is changed in place
      Given a union of these branches:
        | path | a (rw) | b (rw) |
        | 002  | image1 | image2 |
        | 003  |        | image2 |
      When "container" is appended to "003"
      Then the state is now:
        | path | union           | a      | b               |
        | 002  | image1          | image1 | image2          |
        | 003  | image2container |        | image2container |

    @branch.8 @needs:several-writable-branches
    Scenario: The mode of a file that only the lower writable branch has is changed in place
      Given a union of these branches:
        | path | a (rw) | b (rw) |
        | 003  |        | image2 |
      When "003" is given mode 0600
      Then "003" in the b branch has mode 0600
      And the state is now:
        | path | union  | a | b      |
        | 003  | image2 |   | image2 |

    @branch.9 @needs:several-writable-branches
    Scenario: A new file lies in the topmost writable branch
      Given a union of these branches:
        | path | a (rw) | b (rw) |
        | 002  | image1 |        |
        | 003  |        | image2 |
      When "new" is created with "added"
      Then the state is now:
        | path | union  | a      | b      |
        | 002  | image1 | image1 |        |
        | 003  | image2 |        | image2 |
        | new  | added  | added  |        |

    @branch.10 @needs:several-writable-branches
    Scenario: A new file lies in the topmost writable branch that has its directory
      Given a union of these branches:
        | path  | a (rw) | b (rw) |
        | 001   | image1 |        |
        | d/002 |        | image2 |
      When "d/new" is created with "added"
      Then the state is now:
        | path  | union  | a      | b      |
        | 001   | image1 | image1 |        |
        | d/002 | image2 |        | image2 |
        | d/new | added  |        | added  |

    @branch.11 @needs:several-writable-branches
    Scenario: A file that only the lower writable branch has is really deleted
      Given a union of these branches:
        | path | a (rw) | b (rw) |
        | 001  | image1 |        |
        | 003  |        | image2 |
      When "003" is deleted
      Then the state is now, and after a remount:
        | path | union  | a      | b |
        | 001  | image1 | image1 |   |
        | 003  |        |        |   |

    @branch.12 @needs:several-writable-branches @needs:whiteouts
    Scenario: A file that both writable branches have is deleted in one and hidden in the other
      Given a union of these branches:
        | path | a (rw) | b (rw) |
        | 002  | image1 | image2 |
      When "002" is deleted
      Then the state is now, and after a remount:
        | path | union | a          | b      |
        | 002  |       | (whiteout) | image2 |

    @branch.13 @needs:several-writable-branches
    Scenario: A file that only the lower writable branch has is renamed in place
      Given a union of these branches:
        | path | a (rw) | b (rw) |
        | 001  | image1 |        |
        | 003  |        | image2 |
      When "003" is renamed to "004"
      Then the state is now, and after a remount:
        | path | union  | a      | b      |
        | 001  | image1 | image1 |        |
        | 003  |        |        |        |
        | 004  | image2 |        | image2 |

    @branch.14 @needs:several-writable-branches @needs:copy-on-write
    Scenario: A file of a read-only branch is copied up to the topmost writable branch
      Given a union of these branches:
        | path | a (rw) | b (rw) | c (ro) |
        | 003  |        |        | old    |
      When "new" is appended to "003"
      Then the state is now:
        | path | union  | a      | b | c   |
        | 003  | oldnew | oldnew |   | old |

  Rule: The root directory is merged like any other

    A read-only branch may be write-protected as a whole; the union has the mode of its highest branch.

    @branch.15 @claim:U13
    Scenario: A write-protected lower branch leaves the union open
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      And "." in the upper branch was given mode 0755
      And "." in the lower branch was given mode 0555
      When "new" is created with "added"
      Then "." has mode 0755
      And the state is now:
        | path | union | upper | lower |
        | new  | added | added |       |
        | test | test1 |       | test1 |

    @branch.16 @claim:U13
    Scenario: A write-protected lower directory leaves an upper one open
      Given a union of these branches:
        | path   | upper (rw)  | lower (ro)  |
        | d      | (directory) | (directory) |
        | d/test |             | test1       |
      And "d" in the lower branch was given mode 0555
      When "d/new" is created with "added"
      Then "d" has mode 0755
      And the state is now:
        | path   | union | upper | lower |
        | d/new  | added | added |       |
        | d/test | test1 |       | test1 |

  Rule: What is changed in a branch is seen after a remount

    Nobody promises what a union shows when a branch is changed behind its back; mounted again, it shows
    what is there.

    @branch.17
    Scenario: A file that is put into the lower branch is there after a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was read
      And "b.txt" was put into the lower branch as "added"
      When the union is remounted
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |
        | b.txt | added |       | added |

    @branch.18
    Scenario: A file that is taken out of the lower branch is gone after a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | kept       |
      And "a.txt" was read
      And "a.txt" was taken out of the lower branch
      When the union is remounted
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | kept  |       | kept  |

    @branch.19 @needs:copy-on-write
    Scenario: The original shows again after a remount when its copy is taken out of the upper branch
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "new" was appended to "a.txt"
      And "a.txt" was taken out of the upper branch
      When the union is remounted
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | old   |       | old   |

    @branch.20
    Scenario: A file that is put into the upper branch shadows the lower one after a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was read
      And "a.txt" was put into the upper branch as "upper"
      When the union is remounted
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

  Rule: A union can have many branches

    Images of containers have dozens of layers. The order counts for each of them.

    @branch.21 @needs:copy-on-write
    Scenario: A union of eight branches finds a name in the highest that has it
      Given a union of these branches:
        | path | a (rw) | b (ro) | c (ro) | d (ro) | e (ro) | f (ro) | g (ro) | h (ro) |
        | 1    |        |        |        |        |        |        |        | h      |
        | 2    |        |        |        | d      |        | f      |        | h      |
        | 3    |        | b      | c      | d      | e      | f      | g      | h      |
      When "+" is appended to "2"
      Then the state is now:
        | path | union | a  | b | c | d | e | f | g | h |
        | 1    | h     |    |   |   |   |   |   |   | h |
        | 2    | d+    | d+ |   |   | d |   | f |   | h |
        | 3    | b     |    | b | c | d | e | f | g | h |

    @branch.22 @needs:copy-on-write
    Scenario: A union of sixteen branches copies up from the lowest to the highest
      Given a union of these branches:
        | path | a (rw) | b (ro) | c (ro) | d (ro) | e (ro) | f (ro) | g (ro) | h (ro) | i (ro) | j (ro) | k (ro) | l (ro) | m (ro) | n (ro) | o (ro) | p (ro) |
        | 1    |        |        |        |        |        |        |        |        |        |        |        |        |        |        |        | p      |
        | 2    |        |        |        |        |        |        |        |        | i      | j      |        |        |        |        |        |        |
      When "+" is appended to "1"
      Then the state is now:
        | path | union | a  | b | h | i | j | o | p |
        | 1    | p+    | p+ |   |   |   |   |   | p |
        | 2    | i     |    |   |   | i | j |   |   |

    @branch.23 @needs:whiteouts
    Scenario: One whiteout hides a name in seven branches
      Given a union of these branches:
        | path | a (rw) | b (ro) | c (ro) | d (ro) | e (ro) | f (ro) | g (ro) | h (ro) |
        | 1    |        | b      | c      | d      | e      | f      | g      | h      |
        | 2    |        |        |        |        |        |        |        | h      |
      When "1" is deleted
      Then the state is now, and after a remount:
        | path | union | a          | b | c | d | e | f | g | h |
        | 1    |       | (whiteout) | b | c | d | e | f | g | h |
        | 2    | h     |            |   |   |   |   |   |   | h |

  Rule: A listing keeps nothing over a remount

    A union that remembers its listings must forget them when it is unmounted.

    @branch.24
    Scenario: A directory that was listed before shows a file that is put into the lower branch after a remount
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And directory "d" was listed
      And "d/b.txt" was put into the lower branch as "added"
      When the union is remounted
      Then directory "d" lists "a.txt, b.txt"
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |
        | d/b.txt | added |       | added |

    @branch.25
    Scenario: A root directory that was listed before lacks a file that is taken out of the lower branch after a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | kept       |
      And directory "." was listed
      And "a.txt" was taken out of the lower branch
      When the union is remounted
      Then directory "." lists "b.txt"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | kept  |       | kept  |

  Rule: Modes need not be said

    Then the first branch is writable and all others are not, and so whiteouts in those hide nothing.

    @branch.26 @claim:U4 @needs:copy-on-write
    Scenario: In a union that is mounted without modes the first branch takes the copies
      Given a union of these branches:
        | path | a   | b   | c     |
        | 001  | one |     |       |
        | 002  |     | two |       |
        | 003  |     |     | three |
      And "+" was appended to "001"
      When "+" is appended to "003"
      Then the state is now, and after a remount:
        | path | union  | a      | b   | c     |
        | 001  | one+   | one+   |     |       |
        | 002  | two    |        | two |       |
        | 003  | three+ | three+ |     | three |

    @branch.27 @claim:U4 @claim:U10 @needs:copy-on-write
    Scenario: In a union of two directories that is mounted without modes all changes are made in the first
      Given a union of these branches:
        | path | a  | b  |
        | a    | a  |    |
        | b    |    | b  |
        | x    | ax | bx |
      And "+" was appended to "a"
      And "+" was appended to "b"
      When "+" is appended to "x"
      Then the state is now:
        | path | union | a   | b  |
        | a    | a+    | a+  |    |
        | b    | b+    | b+  | b  |
        | x    | ax+   | ax+ | bx |

    @branch.28 @claim:U19 @needs:whiteouts @needs:plain-read-only-branches
    Scenario: A whiteout in a branch below the first hides nothing when no modes are said
      Given a union of these branches:
        | path | a | b          | c    |
        | f    |   | (whiteout) | text |
      When "f" is read
      Then "f" reads "text"
      And the state is now:
        | path | union | a | b          | c    |
        | f    | text  |   | (whiteout) | text |
