@needs:whiteouts
Feature: Whiteouts
  An entry of a read-only branch cannot be deleted. To make it vanish from the union all the same, a marker
  for its name is put into a writable branch above it: a whiteout. It hides one name in one directory, in
  every branch below its own, and disappears when the name is used again.

  Rule: Deleting a lower entry hides it and leaves the branch as it was

    What was deleted still takes its space in the lower branch: an image does not shrink by a deletion in a
    later layer.

    @whiteout.1 @claim:U14
    Scenario: A deleted lower file is gone from the union and still in its branch
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | test  |            | test1      |
        | other |            | kept       |
      When "test" is deleted
      Then "test" does not exist
      And the state is now:
        | path  | union | upper      | lower |
        | test  |       | (whiteout) | test1 |
        | other | kept  |            | kept  |

    @whiteout.2
    Scenario: A whiteout outlasts the mount
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt |            | kept       |
      When "d/a.txt" is deleted
      Then the state is now, and after a remount:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) | lower |
        | d/b.txt | kept  |            | kept  |

    @whiteout.3
    Scenario Outline: A deleted lower <kind> is hidden
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | <cell>     |
      When "name" is deleted
      Then the state is now, and after a remount:
        | path | union | upper      | lower  |
        | name |       | (whiteout) | <cell> |

      Examples:
        | kind       | cell         |
        | empty file | (empty)      |
        | symlink    | -> elsewhere |
        | fifo       | (fifo)       |
        | socket     | (socket)     |

    @whiteout.4 @requires:device-nodes
    Scenario Outline: A deleted lower <kind> device is hidden
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | <cell>     |
      When "name" is deleted
      Then the state is now, and after a remount:
        | path | union | upper      | lower  |
        | name |       | (whiteout) | <cell> |

      Examples:
        | kind      | cell        |
        | character | (char 1:3)  |
        | block     | (block 7:0) |

    @whiteout.5
    Scenario: An empty lower directory can be removed
      Given a union of these branches:
        | path | upper (rw) | lower (ro)  |
        | d    |            | (directory) |
      When directory "d" is removed
      Then the state is now, and after a remount:
        | path | union | upper      | lower       |
        | d    |       | (whiteout) | (directory) |

    @whiteout.6
    Scenario: A whiteout hides the name in every branch below
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | middle      | lower      |
      When "a.txt" is deleted
      Then the state is now, and after a remount:
        | path  | union | upper      | middle | lower |
        | a.txt |       | (whiteout) | middle | lower |

    @whiteout.7
    Scenario: A write-protected lower file can be deleted
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mode 0444
      When "a.txt" is deleted
      Then the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

    @whiteout.8
    Scenario: Deleting a symlink leaves what it points at
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | link    |            | -> d       |
        | d/a.txt |            | lower      |
      When "link" is deleted
      Then the state is now:
        | path    | union | upper      | lower |
        | link    |       | (whiteout) | -> d  |
        | d/a.txt | lower |            | lower |

  Rule: A whiteout that was put into a writable branch by hand is honoured

    Layers are unpacked before they are mounted: a whiteout may be older than the union it is seen in.

    @whiteout.9
    Scenario: A whiteout that is there before the mount hides the lower file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | (whiteout) | lower      |
        | b.txt |            | kept       |
      When "a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | kept  |            | kept  |

    @whiteout.10
    Scenario: A whiteout hides a lower directory with everything in it
      Given a union of these branches:
        | path      | upper (rw) | lower (ro)  |
        | d         | (whiteout) | (directory) |
        | d/e/a.txt |            | lower       |
      When "d/e/a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path      | union | upper      | lower       |
        | d         |       | (whiteout) | (directory) |
        | d/e/a.txt |       |            | lower       |

    @whiteout.11
    Scenario: A whiteout without anything to hide is not seen
      Known from test 031 of the union tests of xfstests: in a directory that no lower branch has, it was listed.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt | (whiteout) |            |
        | d/b.txt | upper      |            |
      When directory "d" is listed
      Then directory "d" lists "b.txt"
      And the state is now:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) |       |
        | d/b.txt | upper | upper      |       |

    @whiteout.12 @claim:U15
    Scenario: A lower file comes back after a remount when its whiteout is taken away
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      And "test" was deleted
      And "test" was taken out of the upper branch
      When the union is remounted
      Then the state is now:
        | path | union | upper | lower |
        | test | test1 |       | test1 |

  Rule: A whiteout hides one name in one directory

    The same name in another directory is another name. In containers/fuse-overlayfs#151 a whiteout in the
    root directory hid every entry of that name in the whole tree.

    @whiteout.13
    Scenario: The same name in a sub-directory is not hidden
      Given a union of these branches:
        | path     | upper (rw) | lower (ro) |
        | name     |            | root       |
        | d/name   |            | first      |
        | d/e/name |            | second     |
      When "name" is deleted
      Then the state is now, and after a remount:
        | path     | union  | upper      | lower  |
        | name     |        | (whiteout) | root   |
        | d/name   | first  |            | first  |
        | d/e/name | second |            | second |

    @whiteout.14
    Scenario: Names that begin or end alike are not hidden
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | name  |            | 1          |
        | nam   |            | 2          |
        | names |            | 3          |
        | .name |            | 4          |
      When "name" is deleted
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | name  |       | (whiteout) | 1     |
        | nam   | 2     |            | 2     |
        | names | 3     |            | 3     |
        | .name | 4     |            | 4     |

    @whiteout.15
    Scenario Outline: A lower name of <bytes> bytes can be deleted
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | <name> |            | lower      |
        | b      |            | kept       |
      When "<name>" is deleted
      Then the state is now, and after a remount:
        | path   | union | upper      | lower |
        | <name> |       | (whiteout) | lower |
        | b      | kept  |            | kept  |

      Examples: containers/fuse-overlayfs#236 and #351
        | bytes | name    |
        | 251   | {n×251} |

      @needs:full-length-names
      Examples: longer than a prefix leaves room for
        | bytes | name    |
        | 252   | {n×252} |
        | 255   | {n×255} |

  Rule: What is deleted was in the writable branch, below it, or in both

    A whiteout is needed only where a lower branch would show through. A useless one makes two equal trees
    into two different layers (containers/fuse-overlayfs#327).

    @whiteout.16
    Scenario: Deleting a file of both branches removes one and hides the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      When "a.txt" is deleted
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

    @whiteout.17 @needs:copy-on-write
    Scenario: Deleting a copied-up file does not bring the original back
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "new" was appended to "a.txt"
      When "a.txt" is deleted
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | old   |

    @whiteout.18
    Scenario: Deleting a file that only the writable branch has leaves no whiteout
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      When "a.txt" is deleted
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | lower |       | lower |

    @whiteout.19
    Scenario: Removing a directory that only the writable branch has leaves no whiteout
      Given a union of these branches:
        | path  | upper (rw)  | lower (ro) |
        | d     | (directory) |            |
        | b.txt |             | lower      |
      When directory "d" is removed
      Then the state is now:
        | path  | union | upper | lower |
        | b.txt | lower |       | lower |

    @whiteout.20 @needs:copy-on-write
    Scenario: A lower file that was moved away can be deleted at its new place
      Known from moby/moby#9572.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And directory "d" was created
      And "a.txt" was renamed to "d/a.txt"
      When "d/a.txt" is deleted
      Then the state is now, and after a remount:
        | path  | union       | upper       | lower |
        | a.txt |             | (whiteout)  | lower |
        | d     | (directory) | (directory) |       |

  Rule: A directory is empty when nothing in it can be seen

    Whiteouts in a directory do not count, wherever they are; entries that show through from below do.

    @whiteout.21
    Scenario: A directory with an entry in a lower branch is not empty
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      When directory "d" is removed
      Then it fails with ENOTEMPTY
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @whiteout.22
    Scenario: A directory whose lower entries were all deleted can be removed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt |            | lower      |
      And "d/a.txt" was deleted
      And "d/b.txt" was deleted
      When directory "d" is removed
      Then the state is now, and after a remount:
        | path    | union | upper      | lower       |
        | d       |       | (whiteout) | (directory) |
        | d/a.txt |       |            | lower       |
        | d/b.txt |       |            | lower       |

    @whiteout.23 @needs:whiteouts-in-read-only-branches
    Scenario: A lower directory with nothing but whiteouts can be removed
      Given a union of these branches:
        | path    | upper (rw) | middle (ro+wh) | lower (ro) |
        | d/a.txt |            | (whiteout)     | lower      |
      When directory "d" is removed
      Then the state is now, and after a remount:
        | path    | union | upper      | middle      | lower       |
        | d       |       | (whiteout) | (directory) | (directory) |
        | d/a.txt |       |            | (whiteout)  | lower       |

    @whiteout.24
    Scenario: An upper directory with whiteouts in it is removed with everything
      In containers/fuse-overlayfs#93 it failed with EISDIR.

      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   | (whiteout) | lower      |
        | d/new.txt | upper      |            |
      When "d" is removed with everything in it
      Then the state is now, and after a remount:
        | path    | union | upper      | lower       |
        | d       |       | (whiteout) | (directory) |
        | d/a.txt |       |            | lower       |

    @whiteout.25
    Scenario: A lower directory that is removed with everything in it leaves one whiteout
      Given a union of these branches:
        | path        | upper (rw) | middle (ro) | lower (ro) |
        | d/a.txt     |            | middle      |            |
        | d/e/b.txt   |            |             | lower      |
        | d/e/f/c.txt |            |             | lower      |
      When "d" is removed with everything in it
      Then the state is now, and after a remount:
        | path        | union | upper      | middle      | lower       |
        | d           |       | (whiteout) | (directory) | (directory) |
        | d/a.txt     |       |            | middle      |             |
        | d/e/b.txt   |       |            |             | lower       |
        | d/e/f/c.txt |       |            |             | lower       |

  Rule: A new entry takes the place of a whiteout

    The name is free for an entry of any kind. That the lower entry stays hidden is then the work of the new
    one.

    @whiteout.26
    Scenario Outline: A <kind> takes the place of a deleted file
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | lower      |
      And "name" was deleted
      When <step>
      Then the state is now, and after a remount:
        | path | union  | upper  | lower |
        | name | <cell> | <cell> | lower |

      Examples:
        | kind      | step                                     | cell         |
        | file      | "name" is created with "new"             | new          |
        | directory | directory "name" is created              | (directory)  |
        | symlink   | symlink "name" to "elsewhere" is created | -> elsewhere |

    @whiteout.27 @needs:special-files
    Scenario Outline: A new <kind> takes the place of a deleted file
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | lower      |
      And "name" was deleted
      When <step>
      Then the state is now, and after a remount:
        | path | union  | upper  | lower |
        | name | <cell> | <cell> | lower |

      Examples:
        | kind   | step                     | cell     |
        | fifo   | fifo "name" is created   | (fifo)   |
        | socket | socket "name" is created | (socket) |

    @whiteout.28 @needs:hard-links
    Scenario: A hard link takes the place of a deleted file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt | linked     |            |
      And "a.txt" was deleted
      When hard link "a.txt" to "b.txt" is created
      Then "a.txt" and "b.txt" are the same file
      And the state is now, and after a remount:
        | path  | union  | upper  | lower |
        | a.txt | linked | linked | lower |
        | b.txt | linked | linked |       |

    @whiteout.29
    Scenario: A file takes the place of a removed directory
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      When "d" is created with "new"
      Then the state is now, and after a remount:
        | path    | union | upper | lower       |
        | d       | new   | new   | (directory) |
        | d/a.txt |       |       | lower       |

    @whiteout.30
    Scenario: A name can be deleted, created and deleted again
      In rpodgorny/unionfs-fuse#52 the second deletion removed the lower file.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was deleted
      And "a.txt" was created with "new"
      When "a.txt" is deleted
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |

    @whiteout.31
    Scenario: A new file has nothing of the deleted one
      Given a union of these branches:
        | path  | upper (rw) | lower (ro)      |
        | a.txt |            | a long old text |
      And "a.txt" in the lower branch was given mode 0711
      And "a.txt" was deleted
      When "a.txt" is created with "x"
      Then "a.txt" has mode 0644
      And the state is now:
        | path  | union | upper | lower           |
        | a.txt | x     | x     | a long old text |

  Rule: Whiteouts of a read-only branch hide what is below it

    A layer of an image may delete what an earlier layer brought. For that its branch must be mounted so
    that its whiteouts count.

    @whiteout.32 @claim:U19 @needs:whiteouts-in-read-only-branches
    Scenario: A whiteout in a read-only branch with whiteouts hides the lower file
      Given a union of these branches:
        | path  | upper (rw) | middle (ro+wh) | lower (ro) |
        | a.txt |            | (whiteout)     | lower      |
        | b.txt |            | middle         | lower      |
      When "a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union  | upper | middle     | lower |
        | a.txt |        |       | (whiteout) | lower |
        | b.txt | middle |       | middle     | lower |

    @whiteout.33 @claim:U19 @needs:plain-read-only-branches
    Scenario: A whiteout in a plain read-only branch hides nothing
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro) |
        | a.txt |            | (whiteout)  | lower      |
        | b.txt |            | middle      | lower      |
      When "a.txt" is read
      Then "a.txt" reads "lower"
      And the state is now:
        | path  | union  | upper | middle     | lower |
        | a.txt | lower  |       | (whiteout) | lower |
        | b.txt | middle |       | middle     | lower |

    @whiteout.34 @needs:whiteouts-in-read-only-branches
    Scenario: A whiteout hides nothing of the branches above it
      Given a union of these branches:
        | path  | upper (rw) | middle (ro) | lower (ro+wh) | base (ro) |
        | a.txt |            | middle      | (whiteout)    | base      |
      When "a.txt" is read
      Then "a.txt" reads "middle"
      And the state is now:
        | path  | union  | upper | middle | lower      | base |
        | a.txt | middle |       | middle | (whiteout) | base |

    @whiteout.35 @needs:whiteouts-in-read-only-branches
    Scenario: Creating a name that a read-only branch whites out needs no whiteout
      Given a union of these branches:
        | path  | upper (rw) | middle (ro+wh) | lower (ro) |
        | a.txt |            | (whiteout)     | lower      |
      When "a.txt" is created with "new"
      Then the state is now, and after a remount:
        | path  | union | upper | middle     | lower |
        | a.txt | new   | new   | (whiteout) | lower |
