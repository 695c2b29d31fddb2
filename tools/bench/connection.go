package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"time"
)

// connection is one kept-alive connection of a browser, without the browser: it costs the machine little beside the server that is measured.
type connection struct {
	server string
	conn   net.Conn
	in     *bufio.Reader
}

// patience is how long an answer may take.
const patience = 30 * time.Second

// ask sends a request and reads the answer to its end; the time runs from since.
func (c *connection) ask(q request, since time.Time) answered {
	sent, status, err := c.exchange(q)
	if err != nil {
		c.close()
	}
	return answered{took: time.Since(since), sent: sent, ok: err == nil && (status == http.StatusOK || status == http.StatusCreated)}
}

func (c *connection) exchange(q request) (sent int64, status int, err error) {
	if c.conn == nil {
		if c.conn, err = net.Dial("tcp", c.server); err != nil {
			return 0, 0, err
		}
		c.in = bufio.NewReaderSize(c.conn, 64<<10)
	}
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, 0, err
	}
	if _, err := io.WriteString(c.conn, q.text(c.server)); err != nil {
		return 0, 0, err
	}
	res, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return 0, 0, err
	}
	sent, err = io.Copy(io.Discard, res.Body)
	if err := res.Body.Close(); err != nil {
		return 0, 0, err
	}
	return sent, res.StatusCode, err
}

func (c *connection) close() {
	if c.conn != nil {
		_ = c.conn.Close() // nothing waits on it
	}
	c.conn = nil
}
