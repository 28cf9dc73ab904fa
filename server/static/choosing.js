// Frameworks are found as one types words of their titles. Without this script a button does it.
import { refresh } from "./refreshing.js";

for (const field of document.querySelectorAll("form[data-refresh] input[name=find]")) {
  refresh(field.form, field);
}
