using System.Text.RegularExpressions;
using Baton.People;

namespace Baton.Server.Accounts;

/// <summary>Records name people by id; who reads them sees names.</summary>
internal sealed partial class PersonNames(PeopleStore people)
{
    /// <summary>The text with the name of each person in place of the id; an id that is nobody's stays.</summary>
    public string In(string text) => !text.Contains("p_", StringComparison.Ordinal) ? text
        : Id().Replace(text, id => people.Find(id.Value)?.Name ?? id.Value);

    [GeneratedRegex(@"\bp_[bcdfghjklmnpqrstvwxz]{12}\b")]
    private static partial Regex Id();
}
