package seal

import (
	"strings"

	"github.com/trustelem/zxcvbn"
)

// leastScore is the score of zxcvbn (0 to 4) from which a password is taken: 3 is "safely unguessable", some 10⁸ guesses and more.
const leastScore = 3

// local is what people here build passwords of beside what the lists of zxcvbn hold: columns of the keyboard, numbers that sound like words, the work.
var local = strings.Fields(`1qaz 2wsx 3edc 4rfv qaz wsx edc zaq1 xsw2 1qaz2wsx 1qaz@wsx qazwsx woaini iloveyou 520 1314 5201314 7758521 147258369 666 888 admin root system
	password passw0rd abc123 a123456 aa123456 zhang wang li liu chen yang zhao huang zhou wu xu sun hefa canlian canjiren mangshi nanyang beijing zhongguo china`)

// Weak says whether a password is guessed soon: it stands on the lists of those that leaked most often, or is made of words, names, dates, keys in a row and
// repetitions (NIST SP 800-63B 5.1.1.2, ASVS 5.0 6.2.4). about is what is known of its owner.
func Weak(password string, about ...string) bool {
	var inputs []string
	for _, a := range about {
		if a != "" {
			inputs = append(inputs, strings.ToLower(a))
		}
	}
	return zxcvbn.PasswordStrength(password, append(inputs, local...)).Score < leastScore
}
