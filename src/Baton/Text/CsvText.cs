namespace Baton.Text;

/// <summary>Fields of CSV files that people open in spreadsheets.</summary>
internal static class CsvText
{
    /// <summary>A field; what a spreadsheet would take for a formula is text.</summary>
    public static string Field(string? value)
    {
        var text = value ?? "";
        if (text.TrimStart() is [var first, ..] && "=+-@".Contains(first, StringComparison.Ordinal)
            || text is ['\t' or '\r' or '\n', ..]) text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n;") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }
}
