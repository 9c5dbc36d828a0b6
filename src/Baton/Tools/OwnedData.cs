using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Customers;
using Baton.Playbooks;

namespace Baton.Tools;

/// <summary>Takes out of a tool's answer what this customer may not see, before anything else reads it.</summary>
internal static class OwnedData
{
    /// <summary>The rest of the answer, or null when nothing of it may be shown.</summary>
    public static JsonElement? For(Identity identity, Tool tool, JsonElement data)
    {
        if (tool.Owner is not { } owned) return data;
        var at = owned.Path.LastIndexOf('.');
        var (parent, name) = at < 0 ? ("", owned.Path) : (owned.Path[..at], owned.Path[(at + 1)..]);
        switch (identity.Towards(AnswerTemplate.Value(data, owned.Path)))
        {
            case OwnerView.SomebodyElse: return null;
            case OwnerView.Owner:
                // Whose it is was needed to compare, and is nobody's business after that.
                var whole = JsonNode.Parse(data.GetRawText());
                (parent.Length == 0 ? whole : Find(whole, parent))?.AsObject().Remove(name);
                return JsonSerializer.SerializeToElement(whole);
            default:
                return Only(data, owned.WithoutOwner.Select(place => parent.Length == 0 ? place : $"{parent}.{place}"));
        }
    }

    /// <summary>A new answer with the plain values at these places and nothing else.</summary>
    private static JsonElement Only(JsonElement data, IEnumerable<string> places)
    {
        var kept = new JsonObject();
        foreach (var place in places)
        {
            if (Value(data, place) is not { } value) continue;
            var names = place.Split('.');
            var into = kept;
            foreach (var step in names[..^1]) into = (JsonObject)(into[step] ??= new JsonObject());
            into[names[^1]] = JsonNode.Parse(value.GetRawText());
        }
        return JsonSerializer.SerializeToElement(kept);
    }

    /// <summary>A text, number or flag; lists and objects hold more than their name promises.</summary>
    private static JsonElement? Value(JsonElement data, string place)
    {
        foreach (var name in place.Split('.'))
            if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(name, out data)) return null;
        return data.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : data;
    }

    private static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (var name in path.Split('.')) node = (node as JsonObject)?[name];
        return node;
    }
}
