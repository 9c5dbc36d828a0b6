using System.Text.Json;
using Baton.Conversations.Tickets;

namespace Baton.Conversations.Inbound;

/// <summary>
/// JSON may hold halves of surrogate pairs, which are no text: nothing behind the door has to expect them.
/// </summary>
internal static class JsonUnicode
{
    /// <exception cref="TicketFormatException">A name or a text is not valid Unicode; says where.</exception>
    public static void Check(JsonElement json) => Check(json, "body");

    private static void Check(JsonElement json, string at)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                    Check(property.Value, Under(at, Readable(() => property.Name, at)));
                break;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in json.EnumerateArray()) Check(item, $"{(at == "body" ? "" : at)}[{i++}]");
                break;
            case JsonValueKind.String:
                Readable(json.GetString, at);
                break;
        }
    }

    private static string Under(string at, string name) => at == "body" ? name : $"{at}.{name}";

    private static string Readable(Func<string?> read, string at)
    {
        try
        {
            return read() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new TicketFormatException(at, "is not valid Unicode: broken UTF-8, or half of a surrogate pair");
        }
    }
}
