Feature: Names
  A name is a row of bytes. Every byte may occur in it but `/` and 0: a space, a colon or a comma, though
  mount options are separated by them, a line feed, and bytes that are not text in any encoding. A union has
  to pass them all through as they are, and so does every tool that looks at one.

  Rule: A name is kept byte by byte

    From listing to whiteout.

    @name.1
    Scenario Outline: A lower name with <what> is found and listed
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | <name> |            | lower      |
        | other  | upper      |            |
      When "<name>" is read
      Then "<name>" reads "lower"
      And the state is now:
        | path   | union | upper | lower |
        | <name> | lower |       | lower |
        | other  | upper | upper |       |

      Examples:
        | what                   | name           |
        | a space                | a b.txt        |
        | a colon                | a:b.txt        |
        | a comma                | a,b.txt        |
        | a line feed            | a\x0ab.txt     |
        | a backslash            | a\x5cb.txt     |
        | a quote                | a\x22b.txt     |
        | bytes that are no text | a\xff\xfeb.txt |
        | a leading dash         | -rf            |
        | leading dots           | ...a           |

    @name.2 @needs:copy-on-write
    Scenario Outline: A lower file with <what> in its name can be copied up
      Given a union of these branches:
        | path     | upper (rw) | lower (ro) |
        | d/<name> |            | old        |
      When "new" is appended to "d/<name>"
      Then the state is now, and after a remount:
        | path     | union  | upper  | lower |
        | d/<name> | oldnew | oldnew | old   |

      Examples:
        | what                   | name           |
        | a space                | a b.txt        |
        | a colon                | a:b.txt        |
        | a comma                | a,b.txt        |
        | a line feed            | a\x0ab.txt     |
        | a backslash            | a\x5cb.txt     |
        | bytes that are no text | a\xff\xfeb.txt |

    @name.3 @needs:whiteouts
    Scenario Outline: A lower file with <what> in its name can be deleted
      Given a union of these branches:
        | path     | upper (rw) | lower (ro) |
        | d/<name> |            | lower      |
        | d/other  |            | kept       |
      When "d/<name>" is deleted
      Then the state is now, and after a remount:
        | path     | union | upper      | lower |
        | d/<name> |       | (whiteout) | lower |
        | d/other  | kept  |            | kept  |

      Examples:
        | what                   | name           |
        | a space                | a b.txt        |
        | a colon                | a:b.txt        |
        | a comma                | a,b.txt        |
        | a line feed            | a\x0ab.txt     |
        | a backslash            | a\x5cb.txt     |
        | bytes that are no text | a\xff\xfeb.txt |

    @name.4 @needs:copy-on-write @needs:whiteouts
    Scenario Outline: A lower file can be renamed to a name with <what>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is renamed to "<name>"
      Then the state is now, and after a remount:
        | path   | union | upper      | lower |
        | a.txt  |       | (whiteout) | lower |
        | <name> | lower | lower      |       |

      Examples:
        | what                   | name           |
        | a colon                | a:b.txt        |
        | a comma                | a,b.txt        |
        | a line feed            | a\x0ab.txt     |
        | bytes that are no text | a\xff\xfeb.txt |

    @name.5 @needs:whiteouts @needs:opaque-directories
    Scenario Outline: A lower directory with <what> in its name can be recreated empty
      Given a union of these branches:
        | path         | upper (rw) | lower (ro) |
        | <name>/a.txt |            | lower      |
      And "<name>" was removed with everything in it
      When directory "<name>" is created
      Then the state is now, and after a remount:
        | path         | union       | upper    | lower       |
        | <name>       | (directory) | (opaque) | (directory) |
        | <name>/a.txt |             |          | lower       |

      Examples:
        | what                   | name       |
        | a colon                | d:e        |
        | a comma                | d,e        |
        | a line feed            | d\x0ae     |
        | bytes that are no text | d\xff\xfee |

  Rule: Names that look alike are different

    Comparing is done by bytes, without case and without accents in mind.

    @name.6 @needs:whiteouts
    Scenario: Deleting a name leaves the one in another case
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | README |            | 1          |
        | readme |            | 2          |
      When "README" is deleted
      Then the state is now, and after a remount:
        | path   | union | upper      | lower |
        | README |       | (whiteout) | 1     |
        | readme | 2     |            | 2     |

    @name.7
    Scenario: An accent of one character does not shadow one of two
      Given a union of these branches:
        | path         | upper (rw) | lower (ro) |
        | caf\xc3\xa9  | composed   |            |
        | cafe\xcc\x81 |            | decomposed |
      When "cafe\xcc\x81" is read
      Then "cafe\xcc\x81" reads "decomposed"
      And the state is now:
        | path         | union      | upper    | lower      |
        | caf\xc3\xa9  | composed   | composed |            |
        | cafe\xcc\x81 | decomposed |          | decomposed |

    @name.8 @needs:copy-on-write
    Scenario: Copying up a name leaves the one with a space at its end
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a     |            | 1          |
        | a\x20 |            | 2          |
      When "+" is appended to "a"
      Then the state is now:
        | path  | union | upper | lower |
        | a     | 1+    | 1+    | 1     |
        | a\x20 | 2     |       | 2     |
