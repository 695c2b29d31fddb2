package access

// Grave is the acts for which a page asks once more who somebody is: they take many certificates away, let whole numbers leave, write to many people, or end papers for good. A token
// does them only when it was issued for them.
var Grave = []Act{LapseCancel, DepartureApply, DisclosureTake, MessageMake, ArchiveDestroy}
