Feature: Symlinks
  A symlink is text that is followed in the union, not in the branch it lies in: it may lead from an upper
  branch to a lower one and back. Operations that follow it change what it leads to; the others change the
  link itself, and copy it up like any entry.

  Rule: A symlink is followed in the union

    The highest branch that has the target wins, wherever the link was found.

    @symlink.1
    Scenario: An upper symlink leads to a lower file
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | link    | -> d/a.txt |            |
        | d/a.txt |            | lower      |
      When "link" is read
      Then "link" reads "lower"
      And the state is now:
        | path    | union      | upper      | lower |
        | link    | -> d/a.txt | -> d/a.txt |       |
        | d/a.txt | lower      |            | lower |

    @symlink.2
    Scenario: A lower symlink leads to the upper file that shadows the lower one
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt | upper      | lower      |
      When "link" is read
      Then "link" reads "upper"
      And the state is now:
        | path  | union    | upper | lower    |
        | link  | -> a.txt |       | -> a.txt |
        | a.txt | upper    | upper | lower    |

    @symlink.3
    Scenario: A path may go through a lower symlink to a directory
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | link      |            | -> d/e     |
        | d/e/a.txt |            | lower      |
        | d/e/b.txt | upper      |            |
      When directory "link" is listed
      Then directory "link" lists "a.txt, b.txt"
      And "link/b.txt" reads "upper"
      And the state is now:
        | path      | union  | upper | lower  |
        | link      | -> d/e |       | -> d/e |
        | d/e/a.txt | lower  |       | lower  |
        | d/e/b.txt | upper  | upper |        |

    @symlink.4
    Scenario: A symlink may climb to the directory above its own
      Given a union of these branches:
        | path     | upper (rw) | lower (ro)       |
        | d/e/link |            | -> ../../f/a.txt |
        | f/a.txt  | upper      |                  |
      When "d/e/link" is read
      Then "d/e/link" reads "upper"
      And the state is now:
        | path     | union            | upper | lower            |
        | d/e/link | -> ../../f/a.txt |       | -> ../../f/a.txt |
        | f/a.txt  | upper            | upper |                  |

    @symlink.5
    Scenario: A dangling lower symlink is there and leads nowhere
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | link |            | -> nowhere |
      When "link" is read
      Then it fails with ENOENT
      And the state is now:
        | path | union      | upper | lower      |
        | link | -> nowhere |       | -> nowhere |

    @symlink.6 @needs:whiteouts
    Scenario: A symlink dangles when its lower target is deleted
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      And "a.txt" was deleted
      When "link" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union    | upper      | lower    |
        | link  | -> a.txt |            | -> a.txt |
        | a.txt |          | (whiteout) | lower    |

    @symlink.7
    Scenario: Two symlinks of two branches that lead to each other are a loop
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | a    | -> b       |            |
        | b    |            | -> a       |
      When "a" is read
      Then it fails with ELOOP
      And the state is now:
        | path | union | upper | lower |
        | a    | -> b  | -> b  |       |
        | b    | -> a  |       | -> a  |

    @symlink.8
    Scenario: A lower symlink is not followed when that is asked for
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      When "link" is opened as f with O_RDONLY|O_NOFOLLOW
      Then it fails with ELOOP
      And the state is now:
        | path  | union    | upper | lower    |
        | link  | -> a.txt |       | -> a.txt |
        | a.txt | lower    |       | lower    |

  Rule: A change through a symlink copies up what it leads to, not the link

    The link is only a way to get there.

    @symlink.9 @needs:copy-on-write
    Scenario: Writing through a lower symlink copies up its target only
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | link    |            | -> d/a.txt |
        | d/a.txt |            | old        |
      When "new" is appended to "link"
      Then the state is now, and after a remount:
        | path    | union      | upper  | lower      |
        | link    | -> d/a.txt |        | -> d/a.txt |
        | d/a.txt | oldnew     | oldnew | old        |

    @symlink.10 @needs:copy-on-write
    Scenario: Changing the mode through a lower symlink copies up its target only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      When "link" is given mode 0600
      Then "a.txt" has mode 0600
      And the state is now:
        | path  | union    | upper | lower    |
        | link  | -> a.txt |       | -> a.txt |
        | a.txt | lower    | lower | lower    |

    @symlink.11 @needs:copy-on-write
    Scenario: A file that is created through a lower symlink lies in the directory it leads to
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | link    |            | -> d       |
        | d/a.txt |            | lower      |
      When "link/b.txt" is created with "new"
      Then the state is now, and after a remount:
        | path    | union | upper | lower |
        | link    | -> d  |       | -> d  |
        | d/a.txt | lower |       | lower |
        | d/b.txt | new   | new   |       |

  Rule: A symlink has properties of its own

    Owner and times are those of the link; changing them copies the link up and leaves its target.

    @symlink.12 @needs:copy-on-write
    Scenario: Setting the mtime of a lower symlink copies up the link only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      When "link" is given mtime 1000000000.000000007
      Then "link" has mtime 1000000000.000000007
      And the state is now, and after a remount:
        | path  | union    | upper    | lower    |
        | link  | -> a.txt | -> a.txt | -> a.txt |
        | a.txt | lower    |          | lower    |

    @symlink.13 @needs:copy-on-write @requires:root
    Scenario: Changing the owner of a lower symlink copies up the link only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      When "link" is given owner 5:6
      Then "link" has owner 5:6
      And "a.txt" has owner 0:0
      And the state is now, and after a remount:
        | path  | union    | upper    | lower    |
        | link  | -> a.txt | -> a.txt | -> a.txt |
        | a.txt | lower    |          | lower    |

  Rule: A symlink can hold any text

    It is stored as it was given, whether or not something is there.

    @symlink.14
    Scenario Outline: A symlink keeps a target that is <kind>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When symlink "link" to "<target>" is created
      Then "link" has target "<target>"
      And the state is now, and after a remount:
        | path  | union       | upper       | lower |
        | a.txt | lower       |             | lower |
        | link  | -> <target> | -> <target> |       |

      Examples:
        | kind      | target          |
        | relative  | ./d/../a.txt    |
        | absolute  | /nowhere/at all |
        | not UTF-8 | \xff\xfe        |
        | long      | {n×4000}        |

  Rule: Another entry can take the place of a symlink

    It is the link that is replaced, never what it leads to.

    @symlink.15 @needs:whiteouts
    Scenario: A file that takes the place of a deleted symlink leaves its target alone
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      And "link" was deleted
      When "link" is created with "new"
      Then the state is now, and after a remount:
        | path  | union | upper | lower    |
        | link  | new   | new   | -> a.txt |
        | a.txt | lower |       | lower    |

    @symlink.16 @needs:copy-on-write
    Scenario: A file that is renamed over a lower symlink leaves its target alone
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
        | b.txt | upper      |            |
      When "b.txt" is renamed to "link"
      Then the state is now, and after a remount:
        | path  | union | upper | lower    |
        | link  | upper | upper | -> a.txt |
        | a.txt | lower |       | lower    |
        | b.txt |       |       |          |

    @symlink.17 @needs:whiteouts
    Scenario: A directory that takes the place of a deleted symlink is empty
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | link    |            | -> d       |
        | d/a.txt |            | lower      |
      And "link" was deleted
      When directory "link" is created
      Then the state is now, and after a remount:
        | path    | union       | upper       | lower |
        | link    | (directory) | (directory) | -> d  |
        | d/a.txt | lower       |             | lower |

  Rule: A symlink is copied with its properties

    It is moved as it is: nothing of its target is looked at.

    @symlink.18 @needs:copy-on-write @needs:whiteouts
    Scenario: A renamed lower symlink keeps its mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      And "link" in the lower branch was given mtime 1000000000.123456789
      When "link" is renamed to "moved"
      Then "moved" has mtime 1000000000.123456789
      And the state is now:
        | path  | union    | upper      | lower    |
        | link  |          | (whiteout) | -> a.txt |
        | moved | -> a.txt | -> a.txt   |          |
        | a.txt | lower    |            | lower    |

    @symlink.19 @needs:copy-on-write @needs:whiteouts @requires:root
    Scenario: A renamed lower symlink keeps its owner
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> a.txt   |
        | a.txt |            | lower      |
      And "link" in the lower branch was given owner 5:6
      When "link" is renamed to "moved"
      Then "moved" has owner 5:6
      And the state is now:
        | path  | union    | upper      | lower    |
        | link  |          | (whiteout) | -> a.txt |
        | moved | -> a.txt | -> a.txt   |          |
        | a.txt | lower    |            | lower    |

  Rule: A file can be created where a dangling symlink leads

    open(2) with O_CREAT follows it; the name that the new file gets is that of the target.

    @symlink.20
    Scenario: Opening a dangling lower symlink with O_CREAT creates its target
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | link  |            | -> b.txt   |
        | a.txt |            | lower      |
      When "link" is opened as f with O_RDWR|O_CREAT
      Then "b.txt" has size 0
      And the state is now, and after a remount:
        | path  | union    | upper   | lower    |
        | link  | -> b.txt |         | -> b.txt |
        | a.txt | lower    |         | lower    |
        | b.txt | (empty)  | (empty) |          |

    @symlink.21
    Scenario: The name of a dangling lower symlink is taken
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | link |            | -> b.txt   |
      When "link" is created with "new"
      Then it fails with EEXIST
      And the state is now:
        | path  | union    | upper | lower    |
        | link  | -> b.txt |       | -> b.txt |
        | b.txt |          |       |          |
