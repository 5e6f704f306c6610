Feature: Changes that are made in a branch directly
  A branch is an ordinary directory, and somebody may change it without the union. What the union then shows
  depends on what it remembers: names that were looked up, names that were not found, listings. Unions that
  let one choose know three ways: to care for nothing, to look at the branch again whenever a name is looked
  up, or to watch the branches.

  Rule: What is remembered ends with a remount

    Nothing is promised before; after it the union shows what is there, whatever it was told.

    @direct-change.1 @claim:U15 @needs:whiteouts
    Scenario Outline: With direct access <access> a deleted file is back after its whiteout is taken out and the union is remounted
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | keep |            | keep       |
        | test |            | test1      |
      And the union was mounted with direct access <access>
      And "test" was deleted
      And directory "." was listed
      And "test" was taken out of the upper branch
      When the union is remounted
      Then the state is now:
        | path | union | upper | lower |
        | keep | keep  |       | keep  |
        | test | test1 |       | test1 |

      Examples:
        | access |
        | none   |
        | reval  |
        | notify |

    @direct-change.2 @needs:whiteouts
    Scenario: A whiteout that is put in for a name that was read hides it after a remount
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | keep |            | keep       |
        | test |            | test1      |
      And the union was mounted with direct access none
      And "test" was read
      And "test" was put into the upper branch as "(whiteout)"
      When the union is remounted
      Then the state is now:
        | path | union | upper      | lower |
        | keep | keep  |            | keep  |
        | test |       | (whiteout) | test1 |

  Rule: With revalidation a name is found as it is in the branches

    The union looks at the branch again when the name is looked up. It need not do so for listings, which it
    may remember for some seconds, nor for a name that a whiteout has hidden before, nor look into a lower branch
    for one that was nowhere: so the directories here have not been listed, and the names mean something.

    @direct-change.3 @needs:revalidation
    Scenario Outline: A file that is put into the <branch> branch is found at once
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | other |            | text       |
      And the union was mounted with direct access reval
      And "other" was read
      And "new" was put into the <branch> branch as "added"
      When "new" is read
      Then it succeeds
      And "new" reads "added"

      Examples:
        | branch |
        | upper  |
        | lower  |

    @direct-change.4 @needs:revalidation
    Scenario: A file of the lower branch that is changed there reads so at once
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And the union was mounted with direct access reval
      And "a.txt" was read
      And "a.txt" was put into the lower branch as "old and changed"
      When "a.txt" is read
      Then "a.txt" reads "old and changed"
      And the state is now:
        | path  | union           | upper | lower           |
        | a.txt | old and changed |       | old and changed |

    @direct-change.5 @needs:revalidation
    Scenario: A file that is taken out of the lower branch is not found any more at once
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
        | b.txt |            | kept       |
      And the union was mounted with direct access reval
      And "a.txt" was read
      And "a.txt" was taken out of the lower branch
      When "a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | kept  |       | kept  |

    @direct-change.6 @needs:revalidation @needs:whiteouts
    Scenario: A whiteout that is put in for a name nobody has looked up hides it at once
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
        | b.txt |            | kept       |
      And the union was mounted with direct access reval
      And "b.txt" was read
      And "a.txt" was put into the upper branch as "(whiteout)"
      When "a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | old   |
        | b.txt | kept  |            | kept  |

    @direct-change.14 @needs:revalidation
    Scenario: A file of the lower branch that was looked at has at once the size that it is given there
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And the union was mounted with direct access reval
      And "a.txt" was looked at
      When "a.txt" is put into the lower branch as "old and changed"
      Then "a.txt" has size 15

    @direct-change.15 @needs:revalidation
    Scenario: A file that is open has at once the size that it is given in the lower branch
      No name is looked up here.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And the union was mounted with direct access reval
      And "a.txt" was opened as f with O_RDONLY
      When "a.txt" is put into the lower branch as "old and changed"
      Then file f has size 15
      And file f reads "old and changed"

    @direct-change.16 @needs:revalidation
    Scenario: Content that is as long as the old reads so at once
      Who keeps content in memory cannot tell by the size that it is another.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And the union was mounted with direct access reval
      And "a.txt" was read
      And "a.txt" was looked at
      When "a.txt" is put into the lower branch as "new"
      Then "a.txt" reads "new"

    @direct-change.17 @needs:revalidation
    Scenario: A name that was not found is found as soon as a file is put into the upper branch under it
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | other |            | text       |
      And the union was mounted with direct access reval
      And "new" was not found
      When "new" is put into the upper branch as "added"
      Then "new" reads "added"

    @direct-change.18 @needs:revalidation
    Scenario: A symbolic link that is replaced in the lower branch leads elsewhere at once
      Many file systems give the new link the inode number of the old one.

      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | a    |            | one        |
        | b/c  |            | other      |
        | link |            | -> a       |
      And the union was mounted with direct access reval
      And "link" was read
      And "link" was taken out of the lower branch
      When "link" is put into the lower branch as "-> b/c"
      Then "link" has target "b/c"
      And "link" reads "other"

  Rule: With notification everything shows within moments

    The union watches its branches and forgets what is not true any more, also listings and names that were
    not there. It hears of a change a little later than it is made.

    @direct-change.7 @claim:U15 @needs:change-notification @needs:whiteouts
    Scenario: A deleted file is back soon after its whiteout is taken out
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | keep |            | keep       |
        | test |            | test1      |
      And the union was mounted with direct access notify
      And "test" was deleted
      And directory "." was listed
      When "test" is taken out of the upper branch
      Then the state is soon:
        | path | union | upper | lower |
        | keep | keep  |       | keep  |
        | test | test1 |       | test1 |

    @direct-change.8 @needs:change-notification @needs:whiteouts
    Scenario: A file is gone soon after a whiteout is put in for it
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | keep |            | keep       |
        | test |            | test1      |
      And the union was mounted with direct access notify
      And directory "." was listed
      And "test" was read
      When "test" is put into the upper branch as "(whiteout)"
      Then the state is soon:
        | path | union | upper      | lower |
        | keep | keep  |            | keep  |
        | test |       | (whiteout) | test1 |

    @direct-change.9 @needs:change-notification
    Scenario: A file that is put into the lower branch is soon listed in a directory that was listed before
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | d/keep |            | keep       |
      And the union was mounted with direct access notify
      And directory "d" was listed
      When "d/new" is put into the lower branch as "added"
      Then the state is soon:
        | path   | union | upper | lower |
        | d/keep | keep  |       | keep  |
        | d/new  | added |       | added |

    @direct-change.10 @needs:change-notification
    Scenario: A file that is taken out of the lower branch is soon gone from a directory that was listed before
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | d/keep |            | keep       |
        | d/old  |            | old        |
      And the union was mounted with direct access notify
      And directory "d" was listed
      And "d/old" was read
      When "d/old" is taken out of the lower branch
      Then the state is soon:
        | path   | union | upper | lower |
        | d/keep | keep  |       | keep  |
        | d/old  |       |       |       |

    @direct-change.11 @needs:change-notification
    Scenario: A file of the lower branch that is changed there soon reads so
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
        | b.txt |            | kept       |
      And the union was mounted with direct access notify
      And "a.txt" was read
      When "a.txt" is put into the lower branch as "old and changed"
      Then the state is soon:
        | path  | union           | upper | lower           |
        | a.txt | old and changed |       | old and changed |
        | b.txt | kept            |       | kept            |

    @direct-change.12 @needs:change-notification
    Scenario: What is put into a directory of another branch soon shows in it
      Given a union of these branches:
        | path   | upper (rw) | lower (ro)  |
        | d/keep |            | keep        |
        | e      |            | (directory) |
      And the union was mounted with direct access notify
      And directory "d" was listed
      When "d/new" is put into the upper branch as "added"
      Then the state is soon:
        | path   | union       | upper | lower       |
        | d/keep | keep        |       | keep        |
        | d/new  | added       | added |             |
        | e      | (directory) |       | (directory) |

    @direct-change.13 @needs:change-notification
    Scenario: A file that is open reads on when it is taken out of its branch
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | text       |
        | b.txt |            | kept       |
      And the union was mounted with direct access notify
      And "a.txt" was opened as f with O_RDONLY
      When "a.txt" is taken out of the lower branch
      Then file f reads "text"
      And file f has size 4
      And the state is soon:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | kept  |       | kept  |

    @direct-change.19 @needs:change-notification
    Scenario: A file of the lower branch that was looked at soon has the size that it is given there
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And the union was mounted with direct access notify
      And "a.txt" was looked at
      When "a.txt" is put into the lower branch as "old and changed"
      Then "a.txt" soon has size 15

    @direct-change.20 @needs:change-notification
    Scenario: A file of the lower branch soon has the mode that it is given there
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | text       |
      And the union was mounted with direct access notify
      And "a.txt" was looked at
      When "a.txt" in the lower branch is given mode 0640
      Then "a.txt" soon has mode 0640

    @direct-change.21 @needs:change-notification
    Scenario: Content that is as long as the old soon reads so
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And the union was mounted with direct access notify
      And "a.txt" was read
      And "a.txt" was looked at
      When "a.txt" is put into the lower branch as "new"
      Then "a.txt" soon reads "new"

    @direct-change.22 @needs:change-notification
    Scenario: A name that was not found is soon found when a file is put into the lower branch under it
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | other |            | text       |
      And the union was mounted with direct access notify
      And "new" was not found
      When "new" is put into the lower branch as "added"
      Then "new" soon reads "added"

    @direct-change.23 @needs:change-notification
    Scenario: A symbolic link that is replaced in the lower branch soon leads elsewhere
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | a    |            | one        |
        | b/c  |            | other      |
        | link |            | -> a       |
      And the union was mounted with direct access notify
      And "link" was read
      And "link" was taken out of the lower branch
      When "link" is put into the lower branch as "-> b/c"
      Then "link" soon has target "b/c"
      And "link" soon reads "other"

    @direct-change.24 @needs:change-notification
    Scenario: What is put into the lower part of a merged directory is soon listed with the rest
      The modification time of a merged directory is that of its highest part, and tells nothing of the others.

      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | d/a  | a          |            |
        | d/b  |            | b          |
      And the union was mounted with direct access notify
      And directory "d" was listed
      And "d" was looked at
      When "d/c" is put into the lower branch as "added"
      Then directory "d" soon lists "a, b, c"

    @direct-change.25 @needs:change-notification
    Scenario: A directory that takes the place of another is watched as that was
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | d/old |            | old        |
      And the union was mounted with direct access notify
      And directory "d" was listed
      And "d" was taken out of the lower branch
      And "d" was put into the lower branch as "(directory)"
      And the state was soon:
        | path  | union       | upper | lower       |
        | d     | (directory) |       | (directory) |
        | d/new |             |       |             |
      When "d/new" is put into the lower branch as "added"
      Then "d/new" soon reads "added"

    @direct-change.26 @needs:change-notification @needs:opaque-directories
    Scenario: A directory that is made opaque in the upper branch soon hides what is below
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | d/a  | a          |            |
        | d/b  |            | b          |
      And the union was mounted with direct access notify
      And directory "d" was listed
      And "d/b" was looked at
      When "d" is put into the upper branch as "(opaque)"
      Then the state is soon:
        | path | union       | upper    | lower       |
        | d    | (directory) | (opaque) | (directory) |
        | d/a  | a           | a        |             |
        | d/b  |             |          | b           |

    @direct-change.27 @needs:change-notification
    Scenario: A file that is open for writing is truncated through its descriptor when it was taken out of its branch
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | text       |            |
        | b.txt |            | kept       |
      And the union was mounted with direct access notify
      And "a.txt" was opened as f with O_RDWR
      And "a.txt" was taken out of the upper branch
      When file f is truncated to 2 bytes
      Then file f reads "te"
      And file f has size 2
