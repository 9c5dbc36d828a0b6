using Baton.Conversations.Findings;
using Baton.Playbooks;

namespace Baton.Decisions.Turns;

/// <summary>
/// A message of several requests may sound, as a whole, of a lookup that none of them asks for: "where is NW-10003, and
/// what is your return policy?" of a refund. Then each request is believed, and the lookup among them is the matter.
/// </summary>
internal static class BlendedMatter
{
    /// <summary>
    /// The reading with the lookup that was asked for; as it was where a request asks for the one read.
    /// </summary>
    /// <param name="local">What the classifier makes of the message.</param>
    public static TriageReading Of(Turn turn, TriageReading local)
    {
        if (local is not { Class: IntentClass.Lookup, Requests: { Count: > 1 } requests }
            || requests.Any(request => request.Intent == local.Intent)) return local;
        var read = requests.Select(r => (Request: r, Intent: turn.Playbook.FindIntent(r.Intent))).ToList();
        // A request that nobody is sure of may ask for what the whole sounds of.
        if (read.Any(r => r.Intent is null
                || r.Request.Confidence < turn.TriageFrom(local with { Class = r.Intent.Class }))
            || read.Find(r => r.Intent!.Class == IntentClass.Lookup) is not { Intent: { } lookup, Request: var asked })
            return local;
        return local with
        {
            Intent = lookup.Name, Category = lookup.Category, ProductArea = lookup.ProductArea,
            Confidence = asked.Confidence,
            AlsoHeard = [.. requests.Select(r => r.Intent).Where(name => name != lookup.Name).Distinct()],
        };
    }
}
