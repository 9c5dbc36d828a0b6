using System.Globalization;
using Baton.People;
using Baton.Playbooks;

namespace Baton.Server.Accounts.Forms;

/// <summary>
/// What the page of one person sends: the whole record, on the version that was seen. Bound from the form.
/// </summary>
internal sealed class PersonForm
{
    public string? Person { get; set; }

    public string? Version { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Role { get; set; }

    public string[]? Queues { get; set; }

    /// <summary>Words with levels: <c>refunds:7 german</c>.</summary>
    public string? Skills { get; set; }

    public string? Languages { get; set; }

    public string? Capacity { get; set; }

    public string? TimeZone { get; set; }

    /// <summary>The version that was seen; 0 when it is none.</summary>
    public int Seen => int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;

    /// <summary>The record as it shall be, or why the form says none. Read as a line of a file of people is.</summary>
    /// <param name="before">What the form does not hold stays: the absence, and one's own role.</param>
    /// <param name="isOwn">Nobody changes their own role.</param>
    public (PersonDetails Details, string? Problem) Read(Person before, bool isOwn, Playbook playbook)
    {
        var (read, problem) = PeopleFile.Person(new Dictionary<string, string>
        {
            ["name"] = Name ?? "", ["email"] = Email ?? "", ["role"] = isOwn ? EnumWords.Of(before.Role) : Role ?? "",
            ["queues"] = string.Join(' ', Queues ?? []), ["skills"] = Skills ?? "", ["languages"] = Languages ?? "",
            ["capacity"] = string.IsNullOrWhiteSpace(Capacity) ? "0" : Capacity, ["time_zone"] = TimeZone ?? "",
        });
        if (problem is not null) return (read, problem);
        // A queue that the playbook has lost may stay; a new one must be there.
        var added = read with { Queues = [.. read.Queues.Except(before.Queues)] };
        return (read with { OutOfOffice = before.OutOfOffice }, PersonRules.UnknownQueue(added, playbook));
    }
}
