// The texts of the interface, which the page hands over in the language of its reader.

/** @typedef {Record<string, string | number>} Values */

export class Words {
  /**
   * @param {Record<string, string>} texts  messages by name, with places such as `{num}`
   * @param {string} language  the tag of the interface's language
   */
  constructor(texts, language) {
    this.texts = texts;
    this.language = language;
    this.plural = new Intl.PluralRules(language);
    this.format = new Intl.NumberFormat(language);
  }

  /**
   * Return a message with its values filled in; a message that is missing is its own name.
   * @param {string} name
   * @param {Values} [values]
   */
  say(name, values = {}) {
    const text = this.texts[name] ?? name;
    return text.replace(/\{(\w+)\}/g, (place, key) => {
      const value = values[key];
      if (value === undefined) return place;
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  /**
   * Return a message in the form that a number asks for.
   * @param {string} name
   * @param {number} num
   */
  count(name, num) {
    const form = this.plural.select(num);
    const known = `${name}.${form}` in this.texts ? form : "other";
    return this.say(`${name}.${known}`, { num });
  }

  /** @param {number} value */
  number(value) {
    return this.format.format(value);
  }
}
