package person

import (
	"fmt"
	"testing"
)

func TestChangesNameWhatDiffers(t *testing.T) {
	t.Parallel()
	was := Person{Name: "张三", Region: "533103105201", Nation: "汉族", Address: "一组", Phone: "13900000000", Guardian: Guardian{"张大", "父女", "13900000001"}}
	if got := Changes(was, was); got != nil {
		t.Errorf("nothing: %v", got)
	}
	now := Person{Name: "张三", Region: "533103105202", Nation: "傣族", Address: "", Phone: "13900000002", Guardian: Guardian{"李四", "夫妻", ""}, Poor: true}
	want := "[{region 533103105201 533103105202} {nation 汉族 傣族} {address 一组 } {phone 13900000000 13900000002} {guardian 张大 李四} {guardian_relation 父女 夫妻} {guardian_phone 13900000001 } {poor no yes}]"
	if got := fmt.Sprint(Changes(was, now)); got != want {
		t.Errorf("%s", got)
	}
	now.Name = "张叁"
	if got := Changes(was, now)[0]; got != (Change{"name", "张三", "张叁"}) {
		t.Errorf("%v", got)
	}
}

func TestWhatSomebodyCorrectedSinceIsNeitherTakenBackNorOverwritten(t *testing.T) {
	t.Parallel()
	was := Person{Name: "张三", Region: "533103105201", Phone: "13900000000", Address: "一组"}
	now := was
	now.Name, now.Phone, now.Poor, now.Region = "张叁", "13900000001", true, "533103105202"
	all := Changes(was, now)
	if got := was.With(all); got != now {
		t.Errorf("with: %+v", got)
	}
	if got := now.Without(all); got != was {
		t.Errorf("without: %+v", got)
	}
	later := now
	later.Phone, later.Address = "13900000002", "二组"
	if got := later.Without(all); got.Phone != "13900000002" || got.Address != "二组" || got.Name != "张三" || got.Poor || got.Region != was.Region {
		t.Errorf("taken back: %+v", got)
	}
	if got := fmt.Sprint(later.Overtaken(all)); got != "[{phone 13900000000 13900000001}]" {
		t.Errorf("overtaken: %s", got)
	}
	if got := append(was.Overtaken(all), now.Overtaken(all)...); got != nil {
		t.Errorf("overtaken by nobody: %v", got)
	}
}
