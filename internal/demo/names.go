package demo

import "math/rand/v2"

// The names are put together by chance from what is common in 德宏: Han, Dai and Jingpo families; nobody is meant.
var (
	families = []string{"杨", "李", "王", "张", "陈", "刘", "赵", "黄", "周", "尹", "段", "岳", "番", "线", "方", "孔", "马", "何", "吴", "刀", "岩", "玉", "月", "相", "梅", "排", "勒", "金", "尚", "朗"}
	givens   = []string{"美", "华", "凤云", "光成", "国保", "红玉", "团", "志明", "英凤", "英", "国国", "明", "明生", "龙保", "玉", "国祥", "旺", "丽", "罕", "祥英", "艳", "华英", "光", "凤玉", "腊",
		"香", "艳香", "成", "强龙", "永香", "麻当", "秀金", "腊退", "建香", "祥龙", "建兰", "国光", "永兰", "木干", "小所", "相保", "有福", "家明", "春兰", "文才", "绍芬"}
	conditions = []string{"左腿截肢", "脑梗后偏瘫", "瘫痪在床", "双目失明", "说话不清", "听不见", "智力低下", "精神异常"}
)

func name(r *rand.Rand) string { return pick(r, families) + pick(r, givens) }

func pick[T any](r *rand.Rand, all []T) T { return all[r.IntN(len(all))] }

// weighted is an index of weights, drawn by chance in their proportion.
func weighted(r *rand.Rand, weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	n := r.IntN(sum)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return 0
}
