package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// uploadLimit is the largest request with a scan; policy sets what a scan may have, below this.
const uploadLimit = 64 << 20

// attachmentAdd takes a file for a paper of the checklist.
func (s *Server) attachmentAdd(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "attachment.done", func(id application.ID) error {
		file, head, err := uploaded(r)
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = s.casework.AddAttachment(r.Context(), actor(r), id, casework.Upload{Paper: r.PostFormValue("paper"), Name: head.Filename, Content: file})
		return err
	})
}

// attachmentShow opens a file in the browser, shut off from the site; one of a case that is over wants a reason first.
func (s *Server) attachmentShow(w http.ResponseWriter, r *http.Request) error {
	of := application.ID(r.PathValue("id"))
	a, content, err := s.casework.Attachment(r.Context(), actor(r), of, attachment.ID(r.PathValue("file")), r.PostFormValue("reason"))
	return s.archived(w, r, kept{a.Name, a.Type, content, look.Link{Text: lang.T("attachment.reason.back"), Href: caseHref(of)}}, err)
}

// attachmentSmall is the small picture of a photo, for the page of its case.
func (s *Server) attachmentSmall(w http.ResponseWriter, r *http.Request) error {
	content, err := s.casework.SmallPhoto(r.Context(), actor(r), application.ID(r.PathValue("id")), attachment.ID(r.PathValue("file")))
	if err != nil {
		return err
	}
	defer content.Close() // it was only read
	serve(w, r, lang.T("paper.photo"), "image/jpeg", content)
	return nil
}

// kept is a content that somebody asks for, and where they come from.
type kept struct {
	name, kind string
	content    io.ReadSeekCloser
	from       look.Link
}

// archived shows a kept content; one that lies in the archive, so that the desk wanted a reason, asks for it first.
func (s *Server) archived(w http.ResponseWriter, r *http.Request, k kept, err error) error {
	if fault.Of(err) == fault.Invalid {
		status := http.StatusOK
		p := s.page(w, r, lang.T("attachment.reason.title"))
		p.Crumbs = []look.Link{k.from}
		if r.Method == http.MethodPost {
			status, p.Problems = http.StatusUnprocessableEntity, look.Find(err)
		}
		return show(w, r, status, attachmentReasonPage(p, r.URL.RequestURI(), r.PostFormValue("reason")))
	}
	if err != nil {
		return err
	}
	defer k.content.Close()
	serve(w, r, k.name, k.kind, k.content)
	return nil
}

// serve shows a kept file in the browser, shut off from the site.
func serve(w http.ResponseWriter, r *http.Request, name, kind string, content io.ReadSeeker) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", attachmentPolicy(kind))
	h.Set("Content-Disposition", "inline; filename*=UTF-8''"+url.PathEscape(name))
	http.ServeContent(w, r, "", time.Time{}, content)
}

// uploaded is the one file of a form; one that was not sent is a problem of its field. It is to be closed.
func uploaded(r *http.Request) (multipart.File, *multipart.FileHeader, error) {
	file, head, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		var p fault.Problems
		p.Add("file", "attachment.empty")
		err = p.Fault()
	}
	return file, head, err
}

// attachmentPolicy lets an opened file do nothing. A PDF is not in a sandbox, because browsers do not start their PDF reader in one; the reader has no
// access to the site.
func attachmentPolicy(kind string) string {
	if kind == "application/pdf" {
		return "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
	}
	if attachment.Moving(kind) {
		return "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
	}
	return "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
}

// attachmentRemove takes a file off a case that nobody has accepted yet.
func (s *Server) attachmentRemove(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "attachment.removed", func(id application.ID) error {
		return s.casework.RemoveAttachment(r.Context(), actor(r), id, attachment.ID(r.PathValue("file")))
	})
}
