using System.Globalization;

namespace Baton.Playbooks.Yaml;

/// <summary>Decimal numbers as people write them: no exponents, no hexadecimal, no infinity.</summary>
internal static class YamlNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static bool TryParse(string text, out decimal number) =>
        decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && char.IsAsciiDigit(text[^1]);
}
