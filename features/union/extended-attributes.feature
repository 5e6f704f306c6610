@needs:extended-attributes @requires:user-attributes
Feature: Extended attributes
  Extended attributes are named values beside the content of a file: capabilities of programs, security
  labels, access control lists and whatever users put there. A union shows those of the entry it shows,
  carries all of them through a copy-up, and keeps to itself the ones it uses for its own bookkeeping.

  Rule: The attributes of a lower entry are seen, and changed in a copy

    As with content, the lower entry keeps what it had.

    @attribute.1
    Scenario: The attributes of a lower file are seen in the union
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "v"
      When "a.txt" is looked at
      Then "a.txt" has attribute user.k "v"
      And "a.txt" has exactly the attributes "user.k"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @attribute.2
    Scenario: The attributes of a shadowed file are not seen
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      And "a.txt" in the upper branch was given attribute user.upper "1"
      And "a.txt" in the lower branch was given attribute user.lower "2"
      When "a.txt" is looked at
      Then "a.txt" has exactly the attributes "user.upper"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

    @attribute.3
    Scenario: A merged directory has the attributes of the highest branch
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And "d" in the upper branch was given attribute user.upper "1"
      And "d" in the lower branch was given attribute user.lower "2"
      When "d" is looked at
      Then "d" has exactly the attributes "user.upper"
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @attribute.4
    Scenario: An upper file can be given an attribute
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      When "a.txt" is given attribute user.k "v"
      Then "a.txt" has attribute user.k "v"
      And the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |
        | b.txt | lower |       | lower |

    @attribute.5 @needs:copy-on-write
    Scenario: Giving a lower file an attribute copies it up
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is given attribute user.k "v"
      Then "a.txt" has attribute user.k "v"
      And "a.txt" in the lower branch has no attribute user.k
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @attribute.6 @needs:copy-on-write
    Scenario: Changing an attribute of a lower file leaves the old value in its branch
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "old"
      When "a.txt" is given attribute user.k "new"
      Then "a.txt" has attribute user.k "new"
      And "a.txt" in the lower branch has attribute user.k "old"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @attribute.7 @needs:copy-on-write
    Scenario: Removing an attribute of a lower file leaves it in its branch
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "v"
      When "a.txt" is given no attribute user.k
      Then "a.txt" has no attribute user.k
      And "a.txt" in the lower branch has attribute user.k "v"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @attribute.8 @needs:copy-on-write
    Scenario: A changed attribute of a lower file is still there after a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was given attribute user.k "v"
      When the union is remounted
      Then "a.txt" has attribute user.k "v"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

  Rule: A copy has all attributes of its original, and no others

    Those that an implementation needs for itself are not shown.

    @attribute.9 @needs:copy-on-write
    Scenario: A lower file keeps its attributes when it is written to
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" in the lower branch was given attribute user.a "1"
      And "a.txt" in the lower branch was given attribute user.b "2"
      When "new" is appended to "a.txt"
      Then "a.txt" has exactly the attributes "user.a, user.b"
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @attribute.10 @needs:copy-on-write
    Scenario: A lower directory keeps its attributes when its mode is changed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given attribute user.k "v"
      When "d" is given mode 0711
      Then "d" has exactly the attributes "user.k"
      And "d" has attribute user.k "v"
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @attribute.11 @needs:copy-on-write
    Scenario: A parent directory keeps its attributes when a file in it is copied up
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
      And "d" in the lower branch was given attribute user.k "v"
      When "new" is appended to "d/a.txt"
      Then "d" has attribute user.k "v"
      And the state is now:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |

    @attribute.12 @needs:copy-on-write @needs:whiteouts
    Scenario: A lower file keeps its attributes when it is renamed
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "v"
      When "a.txt" is renamed to "b.txt"
      Then "b.txt" has attribute user.k "v"
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | lower | lower      |       |

    @attribute.13 @needs:copy-on-write
    Scenario: A copied-up file without attributes has none
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
      When "new" is appended to "d/a.txt"
      Then "d/a.txt" has exactly the attributes ""
      And "d" has exactly the attributes ""
      And the state is now:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |

    @attribute.14 @needs:whiteouts
    Scenario: A new file has no attributes of the deleted one
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "v"
      And "a.txt" was deleted
      When "a.txt" is created with "new"
      Then "a.txt" has no attribute user.k
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | new   | new   | lower |

    @attribute.15 @needs:whiteouts @needs:opaque-directories
    Scenario: A recreated directory shows no attributes
      Neither those of the removed directory nor the mark that makes it opaque.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given attribute user.k "v"
      And "d" was removed with everything in it
      When directory "d" is created
      Then "d" has exactly the attributes ""
      And the state is now:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @attribute.16 @needs:copy-on-write @requires:trusted-attributes @requires:root
    Scenario: A lower file keeps its trusted attributes when it is written to
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" in the lower branch was given attribute trusted.k "v"
      When "new" is appended to "a.txt"
      Then "a.txt" has attribute trusted.k "v"
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

  Rule: A value is bytes

    Of any kind, and of any length that the file system below can hold.

    @attribute.17 @needs:copy-on-write
    Scenario Outline: A value that is <kind> survives the copy-up of a lower file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" in the lower branch was given attribute user.k "<value>"
      When "new" is appended to "a.txt"
      Then "a.txt" has attribute user.k "<value>"
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

      Examples:
        | kind     | value        |
        | empty    |              |
        | not text | \x00\xff\x0a |
        | long     | {v×3000}     |

  Rule: An attribute can be created only or replaced only

    The flags of setxattr(2) ask whether the attribute is there, and one of a lower entry is.

    @attribute.18 @needs:copy-on-write
    Scenario: An attribute of a lower file cannot be created once more
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "old"
      When "a.txt" is given new attribute user.k "new"
      Then it fails with EEXIST
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @attribute.19 @needs:copy-on-write
    Scenario: An attribute that a lower file does not have cannot be replaced
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is given existing attribute user.k "new"
      Then it fails with ENODATA
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @attribute.20 @needs:copy-on-write
    Scenario: An attribute of a lower file can be replaced
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "old"
      When "a.txt" is given existing attribute user.k "new"
      Then "a.txt" has attribute user.k "new"
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @attribute.21 @needs:copy-on-write
    Scenario: An attribute that a lower file does not have cannot be removed
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is given no attribute user.k
      Then it fails with ENODATA
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

  Rule: An access control list grants what the mode does not

    It is an attribute that the kernel acts on, and a copy without it locks somebody out.

    @attribute.22 @needs:access-control-lists @requires:access-control-lists @requires:root
    Scenario: A user can read a lower file that an access control list opens
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mode 0600
      And "a.txt" in the lower branch was given an access control list granting user 65534 rwx
      And user 65534 acts
      When "a.txt" is read
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @attribute.23 @needs:access-control-lists @needs:copy-on-write
    @requires:access-control-lists @requires:root
    Scenario: A lower file keeps its access control list when it is written to
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "a.txt" in the lower branch was given an access control list granting user 65534 rwx
      When "new" is appended to "a.txt"
      Then "a.txt" has an access control list granting user 65534 rwx
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew | old   |

    @attribute.24 @needs:access-control-lists @needs:copy-on-write
    @requires:access-control-lists @requires:root
    Scenario: A lower file that is given an access control list is copied up
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is given an access control list granting user 65534 rwx
      Then "a.txt" has an access control list granting user 65534 rwx
      And the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @attribute.25 @needs:access-control-lists @needs:copy-on-write
    @requires:access-control-lists @requires:root
    Scenario: A new directory inherits the default access control list of a lower one
      Known from containers/fuse-overlayfs#363.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given a default access control list granting user 65534 rwx
      When directory "d/e" is created
      Then "d/e" has a default access control list granting user 65534 rwx
      And the state is now:
        | path    | union       | upper       | lower |
        | d/a.txt | lower       |             | lower |
        | d/e     | (directory) | (directory) |       |

  Rule: A program keeps its capabilities

    They are the attribute security.capability, and a copy without it is a program that no longer works, as
    ping(8) in moby/moby#6980 and google/gvisor#13282.

    @attribute.26 @needs:copy-on-write @requires:trusted-attributes @requires:root
    Scenario: A lower program keeps its capabilities when its mode is changed
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | ping |            | program    |
      And "ping" in the lower branch was given attribute security.capability "\x01\x00\x00\x02\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
      When "ping" is given mode 0711
      Then "ping" has attribute security.capability "\x01\x00\x00\x02\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
      And the state is now:
        | path | union   | upper   | lower   |
        | ping | program | program | program |
