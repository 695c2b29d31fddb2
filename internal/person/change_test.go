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
