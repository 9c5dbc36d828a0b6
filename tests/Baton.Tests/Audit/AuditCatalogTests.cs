using System.Text.RegularExpressions;
using Baton.Audit.Entries;
using Baton.Conversations;
using Baton.Tests.Style;

namespace Baton.Tests.Audit;

/// <summary>
/// No event is written that nobody has decided about: an auditor sees it, or the reason why not stands.
/// </summary>
public sealed partial class AuditCatalogTests
{
    [Fact]
    public void Knows_every_event_of_a_conversation() =>
        Assert.DoesNotContain(
            typeof(ConversationEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(ConversationEvent)))
                .Select(t => t.Name), name => !IsKnown(name));

    [Fact]
    public void Knows_every_event_that_is_written_anywhere_in_the_source()
    {
        var written = Repository.Files("src/Baton", ".cs").Concat(Repository.Files("src/Baton.Server", ".cs"))
            .Where(path => !path.Contains("/Audit/Entries/", StringComparison.Ordinal))
            .Select(Repository.Text).Where(text => Writes().IsMatch(text))
            .SelectMany(text => Name().Matches(text)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Contains("KillSwitchChanged", written);
        Assert.Contains("LoggedIn", written);
        Assert.DoesNotContain(written, name => !IsKnown(name));
    }

    [Fact]
    public void Says_of_each_event_one_thing() =>
        Assert.Empty(AuditCatalog.Entries.Keys.Intersect(AuditCatalog.Left.Keys));

    [Fact]
    public void Takes_an_event_of_a_later_release_for_an_entry() =>
        Assert.Equal(AuditKind.Other, AuditCatalog.Of("SomethingNew")!.Kind);

    private static bool IsKnown(string type) =>
        AuditCatalog.Entries.ContainsKey(type) || AuditCatalog.Left.ContainsKey(type);

    [GeneratedRegex(@"Ledger\.(Extend|Append)|Record\.Append\(|NewEvent\(|people\.NoteAsync\(")]
    private static partial Regex Writes();

    /// <summary>Events are facts in the past tense.</summary>
    [GeneratedRegex("\"((?=[A-Z][a-z]+[A-Z])[A-Za-z]+(?:ed|en|Set|Made|Given|Read|Lost|Ran|In|Out|Met|Sent))\"")]
    private static partial Regex Name();
}
