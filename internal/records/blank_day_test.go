package records_test

import (
	"fmt"
	"testing"

	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/records"
	"hefa/internal/testbed"
)

// deskDay is a desk with four green blanks, of which the first was printed on; it is the evening of that day.
type deskDay struct {
	*testing.T
	*testbed.Office
	desk *records.Desk
	made application.ID
}

func (d deskDay) close(n int) error {
	return d.desk.CloseDesk(d.Context(), clerk, "", window, card.Count{card.BookGreen: n})
}

func (d deskDay) lose(serial string) error {
	return d.desk.LoseBlank(d.Context(), clerk, "", records.Loss{Serial: serial, Reason: "清点时不见", Witness: "测试见证"})
}

func (d deskDay) back(first string) error {
	return d.desk.ReturnBlanks(d.Context(), clerk, "", card.Run{First: first, Count: 1}, "多领")
}

func (d deskDay) issue(first string, n int) error {
	return d.desk.IssueBlanks(d.Context(), clerk, "", card.Run{First: first, Count: n}, window)
}

func (d deskDay) reprint() error {
	return d.desk.ReprintApplication(d.Context(), clerk, d.made, records.Remake{Reason: "钢印压偏"})
}

func (d deskDay) print(serial string) error {
	return d.desk.PrintApplication(d.Context(), clerk, d.made, serial)
}

// refused is nil when err is a refusal, and else what it is.
func refused(err error) error {
	if fault.Of(err) != fault.Refused {
		return fmt.Errorf("not refused: %v", err)
	}
	return nil
}

// differs is nil when err names a count that differs.
func differs(err error) error {
	if fault.Of(err) != fault.Invalid {
		return fmt.Errorf("the difference was not found: %v", err)
	}
	return nil
}

// dayEnds is what happens on the evening of the first day and after it; closed is the days that were closed then, the latest first, as day: held used/spoiled/lost.
var dayEnds = []struct {
	name   string
	course func(d deskDay) []error
	closed []string
}{
	{"the count agrees, and the next day goes on", func(d deskDay) []error {
		all := []error{d.close(3)}
		d.Wait(1)
		return append(all, d.reprint(), d.print("YN0002"), d.close(2))
	}, []string{"2020-04-02: 2 1/1/0", "2020-04-01: 3 1/0/0"}},
	{"a difference is entered on its day", func(d deskDay) []error {
		all := []error{differs(d.close(2)), d.lose("YN0004"), d.close(2)}
		d.Wait(1)
		return append(all, d.back("YN0002"), d.close(1))
	}, []string{"2020-04-02: 1 0/0/0", "2020-04-01: 2 1/0/1"}},
	{"a difference is found the next morning and stands in the day that has it", func(d deskDay) []error {
		d.Wait(1)
		all := []error{refused(d.reprint()), differs(d.close(2)), d.lose("YN0003"), d.close(2)}
		return append(all, d.reprint(), d.print("YN0002"), differs(d.close(2)), d.close(1))
	}, []string{"2020-04-02: 1 1/1/0", "2020-04-01: 2 1/0/1"}},
	{"a loss after the close stands in the next day", func(d deskDay) []error {
		all := []error{d.close(3), refused(d.back("YN0002")), refused(d.reprint()), d.lose("YN0003"), refused(d.close(2))}
		d.Wait(1)
		return append(all, differs(d.close(3)), d.close(2))
	}, []string{"2020-04-02: 2 0/0/1", "2020-04-01: 3 1/0/0"}},
	{"what went back the next morning was there no more, and can be issued again", func(d deskDay) []error {
		d.Wait(1)
		all := []error{d.back("YN0004"), refused(d.issue("YN0004", 2)), d.close(2)}
		return append(all, d.issue("YN0004", 3), d.close(5))
	}, []string{"2020-04-02: 5 0/0/0", "2020-04-01: 2 1/0/0"}},
	{"a desk that only gave back has a day to close", func(d deskDay) []error {
		all := []error{d.close(3)}
		d.Wait(1)
		all = append(all, d.back("YN0002"), d.back("YN0003"), d.back("YN0004"))
		d.Wait(1)
		return append(all, refused(d.issue("YN0002", 1)), differs(d.close(1)), d.close(0), d.issue("YN0002", 4))
	}, []string{"2020-04-02: 0 0/0/0", "2020-04-01: 3 1/0/0"}},
}

func TestDayEndsOfADesk(t *testing.T) {
	t.Parallel()
	for _, c := range dayEnds {
		t.Run(c.name, func(t *testing.T) {
			testbed.Each(t, func(t *testing.T, o *testbed.Office) {
				d := deskDay{t, o, records.New(o.DB, o.Files), approved(t, o, o.Person(t), nil).ID}
				stocked(t, d.desk, 4)
				step(t, "print", d.print("YN0001"))
				for i, err := range c.course(d) {
					if err != nil {
						t.Errorf("step %d: %v", i+1, err)
					}
				}
				book, err := d.desk.Book(t.Context(), clerk, "")
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, x := range book.Closed {
					got = append(got, fmt.Sprintf("%s: %d %d/%d/%d", x.Day, x.Held[card.BookGreen], x.Used, x.Spoiled, x.Gone))
				}
				if fmt.Sprint(got) != fmt.Sprint(c.closed) {
					t.Errorf("closed %q, want %q", got, c.closed)
				}
			})
		})
	}
}
