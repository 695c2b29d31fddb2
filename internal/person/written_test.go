package person

import "testing"

// At the counter a name is written as lists are read, whatever sign was typed between its parts.
func TestANameIsWrittenInOneWay(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"岩罕•保": "岩罕·保", "岩罕．保": "岩罕·保", "岩罕.保": "岩罕·保", "岩罕 ・ 保": "岩罕·保", " 岩　罕 ": "岩罕", "Ai Wen": "Ai Wen", "A.B": "A.B", "": ""} {
		p := Person{Name: typed}
		p.Fill()
		if p.Name != want {
			t.Errorf("%q becomes %q, want %q", typed, p.Name, want)
		}
		if _, err := (Person{Name: typed}).Beside(Person{Name: want}); err != nil {
			t.Errorf("%q is another name than %q", typed, want)
		}
		if _, err := (Person{Name: want}).Beside(Person{Name: typed}); err != nil {
			t.Errorf("%q is another name than %q", want, typed)
		}
	}
}
