package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
)

// TestTheArchiveShowsNoPhotoUnasked has a case end: its photo is opened for a reason from then on, so that the page shows none.
func TestTheArchiveShowsNoPhotoUnasked(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		township := s.as(access.Township)
		a := s.office.Case(t, s.office.Person(t), application.Submitted)
		href := "/applications/" + string(a.ID)
		township.upload(t, href+"/attachments", url.Values{"paper": {"photo"}}, sent{"file", "照片.jpg", portrait(t)}).follow(t).want(t, http.StatusOK, "hf-photo", `/small" alt="`)
		s.office.Update(t, access.Township, func(tx *store.Tx) error {
			now, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			was := now.State
			now.State = application.Withdrawn
			return tx.SaveApplication(access.ApplicationWithdraw, was, now, "")
		})
		township.get(t, href).want(t, http.StatusOK, "照片.jpg").lacks(t, "hf-photo")
	})
}
