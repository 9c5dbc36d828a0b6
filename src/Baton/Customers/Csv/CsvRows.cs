using System.Text;

namespace Baton.Customers.Csv;

/// <summary>Rows of a CSV text (RFC 4180): quotes, doubled quotes, line breaks inside of them.</summary>
internal static class CsvRows
{
    public static IEnumerable<IReadOnlyList<string>> Of(string text)
    {
        var (row, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[++i]);
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0) quoted = true;
            else if (c is ',' or '\n' or '\r')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                row.Add(field.ToString());
                field.Clear();
                if (c == ',') continue;
                if (row is not [""]) yield return row;
                row = [];
            }
            else if (c != '\uFEFF' || i > 0) field.Append(c);
        }
        row.Add(field.ToString());
        if (row is not [""]) yield return row;
    }
}
