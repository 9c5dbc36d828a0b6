using System.Text.RegularExpressions;
using Baton.Playbooks.Loading;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Customers;

/// <summary>Reads <c>customers.yaml</c>.</summary>
internal static partial class CustomersReader
{
    public const string File = "customers.yaml";

    private static readonly string[] Holes = ["{email}", "{id}"];

    public static CustomersPolicy Read(Section file, LoadState state)
    {
        var tiers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (file.Child("tiers") is { } map)
            foreach (var entry in map.Entries)
            {
                if (map.Located(entry.Key) is not { } tier) continue;
                state.Tiers.Check(tier, $"tiers, {entry.Key}", state.Problems);
                tiers[entry.Key] = tier.Text;
            }
        var read = new CustomersPolicy
        {
            Tiers = tiers, Http = file.Child("http") is { } http ? Lookup(http) : null,
        };
        file.Close();
        return read;
    }

    private static HttpLookup Lookup(Section http)
    {
        var account = new Dictionary<string, string>();
        if (http.Child("account") is { } places)
            foreach (var entry in places.Entries)
                if (Place(places.Located(entry.Key), places.Problems) is { } place) account[entry.Key] = place;
        var read = new HttpLookup
        {
            Url = http.Text("url", "\"https://crm.example.com/customers?email={email}\""),
            SecretHeaders = http.Child("secret_headers") is { } headers ? Headers(headers) : [],
            Id = Place(http.RequiredLocated("id", "id"), http.Problems) ?? "",
            Tier = Place(http.RequiredLocated("tier", "plan.name"), http.Problems) ?? "",
            RecentTickets = Place(http.Located("recent_tickets"), http.Problems),
            Account = account,
        };
        if (http.Located("url") is { } url) CheckUrl(url, http.Problems);
        http.Close();
        return read;
    }

    private static void CheckUrl(Located url, ProblemList problems)
    {
        var filled = Holes.Aggregate(url.Text, (text, hole) => text.Replace(hole, "x", StringComparison.Ordinal));
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            problems.Add(url, $"'{url.Text}' is no address; write https://…");
        else if (filled == url.Text || filled.Contains('{', StringComparison.Ordinal))
            problems.Add(url, $"'{url.Text}' names nobody; write {{email}} or {{id}} where the customer belongs, and no other hole");
        else if (url.Text.Contains('{', StringComparison.Ordinal)
            && address.Host.Contains('x', StringComparison.Ordinal)
            && url.Text[..(url.Text.IndexOf("//", StringComparison.Ordinal) + 2 + address.Authority.Length)]
            .Contains('{', StringComparison.Ordinal))
            problems.Add(url, $"'{url.Text}' lets the customer choose the server; keep holes behind it");
    }

    private static string? Place(Located? place, ProblemList problems)
    {
        if (place is not { } given) return null;
        if (!PlacePath().IsMatch(given.Text))
            problems.Add(given, $"'{given.Text}' is no place; write names with dots, such as plan.name or data.0.id");
        return given.Text;
    }

    private static Dictionary<string, string> Headers(Section headers)
    {
        var read = new Dictionary<string, string>();
        foreach (var entry in headers.Entries)
        {
            if (headers.Located(entry.Key) is not { } variable) continue;
            Names.CheckVariable(variable, $"the value of header '{entry.Key}'", headers.Problems);
            read[entry.Key] = variable.Text;
        }
        return read;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,9}\z")]
    private static partial Regex PlacePath();
}
