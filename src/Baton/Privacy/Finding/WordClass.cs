namespace Baton.Privacy.Finding;

/// <summary>
/// What a word list says about a word. The lists are in <c>Privacy/Words</c>, one name of a case per line start.
/// </summary>
[Flags]
internal enum WordClass : ulong
{
    None = 0,
    FirstName = 1UL << 0,
    LastName = 1UL << 1,
    Particle = 1UL << 2,
    Title = 1UL << 3,
    Job = 1UL << 4,
    Country = 1UL << 5,
    Region = 1UL << 6,
    City = 1UL << 7,
    Nationality = 1UL << 8,
    Street = 1UL << 9,
    StreetLead = 1UL << 10,
    Unit = 1UL << 11,
    OrganisationEnd = 1UL << 12,
    Month = 1UL << 13,
    Weekday = 1UL << 14,
    Function = 1UL << 15,
    Greeting = 1UL << 16,
    SignOff = 1UL << 17,
    NotName = 1UL << 18,
    CuePhone = 1UL << 20,
    CueCard = 1UL << 21,
    CueNationalId = 1UL << 22,
    CueLicence = 1UL << 23,
    CuePassport = 1UL << 24,
    CueAccount = 1UL << 25,
    CueOrder = 1UL << 26,
    CueZip = 1UL << 27,
    CueBirth = 1UL << 28,
    CueAge = 1UL << 29,
    CueMoney = 1UL << 30,
    CueSecret = 1UL << 31,
    CueVersion = 1UL << 32,
    CueAddress = 1UL << 33,
    /// <summary>Words a name may follow: "name", "am", "called" in several languages.</summary>
    CueName = 1UL << 34,
    /// <summary>"Box" of a post-office box.</summary>
    PostBox = 1UL << 35,
    /// <summary>"work", "employed", "founder": a company's name may follow the next small word.</summary>
    CueEmployer = 1UL << 36,
    /// <summary>"Corner" of two streets.</summary>
    Corner = 1UL << 37,
    /// <summary>"key", "token", "code": a secret follows when the word before says so.</summary>
    CueCode = 1UL << 38,

    /// <summary>Every class that says what a number behind it is.</summary>
    Cues = CuePhone | CueCard | CueNationalId | CueLicence | CuePassport | CueAccount | CueOrder | CueZip | CueBirth
        | CueAge | CueMoney | CueSecret | CueVersion,

    /// <summary>Words that finders by name, date or secret begin at.</summary>
    Starts = Title | Greeting | SignOff | CueName | FirstName | Weekday | Month | CueSecret | CueEmployer
        | OrganisationEnd | Corner | CueCode,

    /// <summary>Words that can be personal at the start of a sentence, however plain they are elsewhere.</summary>
    Entities = FirstName | LastName | Title | Country | Region | City | Nationality | Month | Weekday,

    /// <summary>Words that are often written small within addresses, titles and names of organisations.</summary>
    Parts = Street | StreetLead | Unit | Job | Title | OrganisationEnd,

    /// <summary>The classes the tagger was taught.</summary>
    Taught = CueName - 1,

    /// <summary>Words that are no part of a person's name.</summary>
    Ordinary = Function | Greeting | SignOff | NotName | Weekday | Cues,
}
