"""A report of the same shape as the Council's, in words of the tests' own."""

TEXT = """
Council of Examples
**WK 11/2031 INIT**

**Brussels, 3 March 2031**

From:\tPresidency
Subject:\tImplementation report - Examplia

Delegations will find attached the "Implementation report - Examplia".

## IMPLEMENTATION REPORT

#### **Specific objectives**

Make good use of the talks with Examplia in order to:

- build honest ways to work, by telling people what a job
  abroad costs and pays
- train people first

Rights of workers guide everything.

**Outcome:** The group looks again in Q4 2031.

#### **Measures:**

##### ***Talks and visits***

**Measure 1:** Keep talking, including in the regional forum, and follow up
the first meeting.

- **Lead actors:** Commission, EEAS (the delegation, in the capital), and Member States.

- **Timeframe:**
  - o **23 June:** Joint meeting
  - Letters before each meeting, with EUR 990 000 for travel

**Completed**

- ➔ 9<sup>th</sup> meeting held on 6 March, about: trains, ships.
- ➔ A mission prepared
  the next meeting.

**Pending**

- ➔ [REDACTED]
- ➔ The next meeting, with [REDACTED] present.

***Work and training***

**Measure 2:** Train 200 welders.

- **Lead actors:** Commission and Member States (Embassies)
- **Timeframe: Q3-Q4 2031:**

**Completed**

→ The course of EUR 3M began.

**Measure 3:** Place them.

- **Lead actors:** Member States

- **Timeframe :** Ongoing
- **Q3 2031** – first ten contracts; MEUR 1.7 from the fund, EUR 50 million later.

**Pending**

- ➔ Visas.

## ANNEX: Draft common messages

- Welcome the course.
- Say plainly that [REDACTED]
[REDACTED]
- [REDACTED]
"""
