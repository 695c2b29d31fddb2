// Package seal encrypts, signs and hashes: personal data in its rows and files, blind indexes, signatures, passwords and tokens.
package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The cost of a password: 19 MiB, two passes, one lane (OWASP), about 30 ms.
const (
	memory = 19 * 1024 // KiB
	passes = 2
	lanes  = 1
)

// slots lets two passwords be tried at once, so that many sign-ins together do not take the memory of an old PC.
var slots = make(chan struct{}, 2)

// Password is the argon2id hash of a password with its salt and cost.
func Password(clear string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // crypto/rand ends the program rather than fail
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", memory, passes, lanes, b64(salt), b64(derive(clear, salt, memory, passes)))
}

// Verify says whether clear is the password behind hash.
func Verify(hash, clear string) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 {
		return false
	}
	var m, t, p uint32
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &m, &t, &p); err != nil || m > 1<<20 || t > 10 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	return subtle.ConstantTimeCompare([]byte(b64(derive(clear, salt, m, t))), []byte(parts[5])) == 1
}

func derive(clear string, salt []byte, m, t uint32) []byte {
	slots <- struct{}{}
	defer func() { <-slots }()
	return argon2.IDKey([]byte(clear), salt, t, m, lanes, 32)
}

func b64(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

// Token is a fresh secret for a cookie or a program, 256 bits; only its Digest is kept.
func Token() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand ends the program rather than fail
	return base64.RawURLEncoding.EncodeToString(b)
}

// Digest is what is kept of a token.
func Digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
