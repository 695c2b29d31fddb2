package casework_test

import (
	"slices"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// now is the person as the register has them.
func (m matterOffice) now(p person.Person) person.Person {
	m.t.Helper()
	m.Update(m.t, access.Clerk, func(tx *store.Tx) (err error) {
		p, err = tx.Person(p.ID)
		return err
	})
	return p
}

// change opens a case that asks for another name, phone and village, and hands it in.
func (m matterOffice) change(p person.Person, village region.Code) application.ID {
	m.t.Helper()
	p.Name, p.Phone, p.Region = "测试改名", "13987654321", village
	id, err := m.desk.OpenApplication(m.t.Context(), testbed.As(access.Clerk), casework.Opening{Person: p, Whole: true,
		Request: application.Request{Matter: application.Update, Stated: "户口簿改名、搬家", Origin: application.Counter}})
	if err != nil {
		m.t.Fatal(err)
	}
	if err := m.desk.SubmitApplication(m.t.Context(), testbed.As(access.Clerk), id); err != nil {
		m.t.Fatal(err)
	}
	return id
}

func TestWhatAnUpdateAsksForBecomesSoAtTheApproval(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		const moved = "533103103201"
		was := m.now(m.Person(m.t))
		c := m.Certificate(m.t, was, "2028-01-01")
		id := m.change(was, moved)
		m.accept(id)
		m.review(id)
		if got := m.now(was); got != was {
			m.t.Errorf("changed before anybody decided: %+v", got)
		}
		f, err := m.desk.Application(m.t.Context(), testbed.As(access.Clerk), id)
		if err != nil || len(f.Asked) != 3 || f.Asked[0].Before != was.Name || f.Asked[0].After != "测试改名" {
			m.t.Errorf("asked: %+v, %v", f.Asked, err)
		}
		if err := m.approve(id); err != nil {
			m.t.Fatal(err)
		}
		got := m.now(was)
		if got.Name != "测试改名" || got.Phone != "13987654321" || got.Region != moved {
			m.t.Errorf("after the approval: %+v", got)
		}
		if held := m.stands(c.ID); held.Region != moved {
			m.t.Errorf("the certificate stayed in %s", held.Region)
		}
		if a, _ := reread(m.t, m.Office, id); a.Region != moved || a.State != application.Approved {
			m.t.Errorf("the case is %s in %s", a.State, a.Region)
		}
		m.Update(m.t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.PersonChanges(got, 9)
			if err != nil || len(all) != 3 {
				m.t.Errorf("history: %+v, %v", all, err)
			}
			for where, want := range map[region.Code]int{moved: 1, testbed.Township: 0} {
				if n, err := tx.CountCertificates(store.CertificateFilter{Region: where}); err != nil || n != want {
					m.t.Errorf("%s holds %d, %v", where, n, err)
				}
			}
			return nil
		})
	})
}

func TestAnUpdateThatComesToNothingLeavesTheRegister(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		was := m.now(m.Person(m.t))
		m.Certificate(m.t, was, "2028-01-01")
		id := m.change(was, was.Region)
		m.accept(id)
		m.review(id)
		if err := m.desk.RefuseApplication(m.t.Context(), testbed.As(access.Approver), id, "户口簿不一致"); err != nil {
			m.t.Fatal(err)
		}
		id = m.change(was, was.Region)
		if err := m.desk.WithdrawApplication(m.t.Context(), testbed.As(access.Clerk), id, "本人撤回"); err != nil {
			m.t.Fatal(err)
		}
		if got := m.now(was); got != was {
			m.t.Errorf("changed: %+v", got)
		}
	})
}

func TestADraftOfAnUpdateIsEditedWithoutTheRegister(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		was := m.now(m.Person(m.t))
		m.Certificate(m.t, was, "2028-01-01")
		p, clerk := was, testbed.As(access.Clerk)
		p.Phone = "13987654321"
		id, err := m.desk.OpenApplication(m.t.Context(), clerk, casework.Opening{Person: p, Request: application.Request{Matter: application.Update, Stated: "换号", Origin: application.Counter}})
		if err != nil {
			m.t.Fatal(err)
		}
		p.Phone, p.Address = "13700000000", "五组"
		if err := m.desk.EditApplication(m.t.Context(), clerk, id, casework.Edit{Person: p, Stated: "换号、搬家", Version: 1}); err != nil {
			m.t.Fatal(err)
		}
		f, err := m.desk.Application(m.t.Context(), clerk, id)
		if after := f.Person.With(f.Proposed); err != nil || f.Person.Phone != was.Phone || after.Phone != "13700000000" || after.Address != "五组" {
			m.t.Errorf("%+v, %v", f.Proposed, err)
		}
		p.Version--
		if err := m.desk.EditApplication(m.t.Context(), clerk, id, casework.Edit{Person: p, Stated: "换号", Version: 2}); fault.Of(err) != fault.Stale {
			m.t.Errorf("an older record: %v", err)
		}
	})
}

// TestAnUpdateIsOpenedByWhoMay tries a stranger and a post without the act with numbers that are known and that are not: they learn nothing and write nothing.
func TestAnUpdateIsOpenedByWhoMay(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		known, fresh := m.now(m.Person(m.t)), newcomer(7)
		m.Certificate(m.t, known, "2028-01-01")
		fresh.Region = known.Region
		try := func(by access.Actor, p person.Person) error {
			_, err := m.desk.OpenApplication(m.t.Context(), by, casework.Opening{Person: p,
				Request: application.Request{Matter: application.Update, Stated: "改名", Origin: application.Counter}})
			return err
		}
		for _, p := range []person.Person{known, fresh} {
			if err := try(testbed.Stranger(access.Clerk), p); fault.Of(err) != fault.Missing {
				m.t.Errorf("a stranger: %v", err)
			}
			if err := try(testbed.As(access.Sysadmin), p); fault.Of(err) != fault.Forbidden {
				m.t.Errorf("a post without the act: %v", err)
			}
		}
		beside := fresh
		beside.Region = "533103101201"
		if err := try(testbed.As(access.Township), beside); fault.Of(err) != fault.Missing {
			m.t.Errorf("somebody new in another township: %v", err)
		}
	})
}

// TestAnApprovalWritesNothingOverALaterCorrection has the register corrected while an update is under way: both officers see it, nobody approves over it, the
// clerk asks anew, and the reviewer looks again.
func TestAnApprovalWritesNothingOverALaterCorrection(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		ctx, clerk, was := m.t.Context(), testbed.As(access.Clerk), m.now(m.Person(m.t))
		m.Certificate(m.t, was, "2028-01-01")
		id := m.change(was, was.Region)
		m.accept(id)
		m.review(id)
		typed := func() casework.Edit {
			now := m.now(was)
			now.Name, now.Phone = "测试改名", "13987654321"
			a, _ := reread(m.t, m.Office, id)
			return casework.Edit{Person: now, Stated: "户口簿改名，电话按本人确认", Version: a.Version}
		}
		if err := m.desk.EditApplication(ctx, clerk, id, typed()); fault.Of(err) != fault.Refused {
			m.t.Errorf("a reviewed case was changed for nothing: %v", err)
		}
		m.Update(m.t, access.Clerk, func(tx *store.Tx) error {
			now, err := tx.Person(was.ID)
			corrected := now
			corrected.Phone = "13911112222"
			return cmpErr(err, tx.SavePerson(access.PersonEdit, now, corrected))
		})
		err := m.approve(id)
		if f, _ := err.(*fault.Fault); f == nil || f.Kind != fault.Refused || f.Key != "proposal.refused" {
			m.t.Errorf("approved over a correction: %v", err)
		}
		if got := m.now(was); got.Phone != "13911112222" || got.Name != was.Name {
			m.t.Errorf("the register says %+v", got)
		}
		f, err := m.desk.Application(ctx, clerk, id)
		if err != nil || len(f.Overtaken) != 1 || f.Overtaken[0].Text() != "联系电话：现登记为“139****2222”，本件申请改为“139****4321”" || !slices.Contains(f.Steps, access.ApplicationEdit) {
			m.t.Errorf("shown: %+v %v %v", f.Overtaken, f.Steps, err)
		}
		if err := m.desk.EditApplication(ctx, clerk, id, typed()); err != nil {
			m.t.Fatal(err)
		}
		if a, _ := reread(m.t, m.Office, id); a.State != application.Review || a.Reviewer != "" || a.Stated != "户口簿改名，电话按本人确认" || a.Due != f.Case.Application.Due {
			m.t.Errorf("after the change: %+v", a)
		}
		if err := m.approve(id); fault.Of(err) != fault.Refused {
			m.t.Errorf("approved what nobody reviewed: %v", err)
		}
		m.review(id)
		if err := m.approve(id); err != nil {
			m.t.Fatal(err)
		}
		if got := m.now(was); got.Phone != "13987654321" || got.Name != "测试改名" {
			m.t.Errorf("after the approval: %+v", got)
		}
	})
}

// What somebody else wrote meanwhile, though it is what was asked for, is not the case's and does not go with it.
func TestAnApprovalKeepsWhatItWrote(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		was := m.now(m.Person(m.t))
		m.Certificate(m.t, was, "2028-01-01")
		id := m.change(was, was.Region)
		m.accept(id)
		m.review(id)
		m.Update(m.t, access.Clerk, func(tx *store.Tx) error {
			now, err := tx.Person(was.ID)
			corrected := now
			corrected.Phone = "13987654321"
			return cmpErr(err, tx.SavePerson(access.PersonEdit, now, corrected))
		})
		if err := m.approve(id); err != nil {
			m.t.Fatal(err)
		}
		m.Update(m.t, access.Clerk, func(tx *store.Tx) error {
			a, err := tx.Application(id)
			if err != nil {
				return err
			}
			kept, err := tx.Proposal(a)
			if err != nil || len(kept) != 1 || kept[0].Field != "name" {
				m.t.Errorf("kept: %+v, %v", kept, err)
			}
			return nil
		})
	})
}
