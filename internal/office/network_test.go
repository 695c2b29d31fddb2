package office

import "testing"

func TestDevicesOfOneOfficeShareANetwork(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{"10.1.2.3": "10.1.2.0/24", "10.1.2.200": "10.1.2.0/24", "::ffff:10.1.2.9": "10.1.2.0/24", "2001:db8:1:9::1": "2001:db8:1::/48", "127.0.0.1": "", "::1": "", "": "", "nowhere": ""} {
		if got := network(addr); got != want {
			t.Errorf("%q lies in %q, want %q", addr, got, want)
		}
	}
}
