package access

// RelativeScreen is to see which relatives of officers and doctors stand in the register (N22).
const RelativeScreen Act = "relative.screen"
