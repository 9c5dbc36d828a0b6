namespace Baton.Tests.Triage.Tone;

/// <summary>Messages that sound alarming to a keyword list and are not.</summary>
public static class CalmCases
{
    public static readonly UrgencyCase[] All =
    [
        // Casual "urgent"
        new("No rush, nothing urgent, just wondering if you have this in green.", 1, 3, "says that it is not urgent"),
        new("It's not urgent, but could you send me the invoice at some point?", 1, 4, "negated urgency"),
        new("This isn't an emergency, I'd like to know your opening hours.", 1, 3, "negated emergency"),
        new("urgent question: do the socks come in purple?", 1, 4, "urgent in jest"),
        new("URGENT!!! Do you sell gift cards?", 1, 5, "claim over a plain question"),
        new("Do you deliver to the urgent care centre on Main Street?", 1, 4, "urgent care is a place"),
        new("How much is the Urgent Runner jacket?", 1, 4, "product called Urgent"),
        new("I bought the Urgent Pack 30 last month and love it!", 1, 3, "product called Urgent, happy"),
        new("Is the emergency blanket reflective on both sides?", 1, 4, "emergency blanket is a product"),
        new("Do you stock emergency shelters and first aid kits?", 1, 4, "emergency goods"),
        new("There's no hurry at all, whenever you get a chance.", 1, 3, "no hurry"),
        new("Low priority: typo on your returns page.", 1, 3, "low priority"),
        new("nicht dringend, nur eine Frage zur Größe", 1, 4, "not urgent in German"),
        new("Sin prisa, ¿tienen tallas grandes?", 1, 4, "no hurry in Spanish"),
        new("Pas urgent du tout, merci de me répondre quand vous pouvez", 1, 4, "not urgent in French"),

        // Supposed, asked, prevented
        new("What happens if my tent breaks during the trip?", 1, 4, "supposed damage"),
        new("Does the warranty cover a broken zipper?", 1, 4, "question about cover"),
        new("What would happen to my data if I close my account?", 1, 4, "supposed data question"),
        new("How do you protect customer data from being hacked?", 1, 4, "question about protection"),
        new("Is it safe to leave the power bank in a hot car, could it explode?", 1, 5, "question about a danger"),
        new("Do you have a policy for lost packages?", 1, 4, "question about policy"),
        new("What if the package gets lost?", 1, 4, "supposed loss"),
        new("In case of a fire, how does the fabric behave?", 1, 4, "supposed fire"),
        new("Do you offer insurance in case my card is stolen?", 1, 4, "question about insurance"),
        new("I'm considering your backup plan, would it help if files are deleted?", 1, 5, "supposed data loss"),
        new("Is there a guide on what to do after a data breach?", 1, 4, "asks for a guide"),

        // Negated, over, elsewhere
        new("No data loss on our side, all good after the update.", 1, 3, "negated data loss"),
        new("Nobody was hurt and nothing is broken, I just want to give feedback.", 1, 4, "negated injury"),
        new("I was not charged twice after all, my mistake.", 1, 3, "negated billing error"),
        new("The site was down yesterday but it's working again now, thanks!", 1, 4, "outage over"),
        new("Problem solved, please close the ticket.", 1, 3, "settled"),
        new("Never mind, found it.", 1, 3, "settled"),
        new("It's fixed now, thank you so much for the quick help!", 1, 3, "thanks after a fix"),
        new("False alarm, the payment went through once only.", 1, 4, "false alarm"),
        new("Our previous company was hacked years ago, so we want to know how secure you are.", 1, 5, "old story"),
        new(
            "I read about the data breach at another company in the news. Do you encrypt passwords?",
            1, 5, "news about others"),
        new("this is just a test, please ignore", 1, 3, "test"),
        new("We're running a fire drill on our ticket system: OUTAGE test message", 1, 4, "drill"),

        // Words that only look alarming
        new("Do you have down jackets in kids' sizes?", 1, 4, "down is a filling"),
        new("How long does the battery life last?", 1, 4, "battery life"),
        new("Your sale is on fire, great prices!", 1, 4, "figure of speech"),
        new("These boots are to die for", 1, 3, "figure of speech"),
        new("I'm looking for a fire starter and a fire pit.", 1, 4, "goods with fire in the name"),
        new("Which security camera works outdoors?", 1, 4, "goods with security in the name"),
        new("Do you run a crash course in map reading?", 1, 4, "crash course"),
        new("Is the data sheet of the stove available?", 1, 4, "data sheet"),
        new("I'd like to sign up for the data plan", 1, 4, "data plan"),
        new("I lost weight and need a smaller size.", 1, 4, "lost weight"),

        // Plain requests and thanks
        new("What are your opening hours?", 1, 3, "plain question"),
        new("Thanks, that helped!", 1, 2, "thanks"),
        new("Thank you for the quick response. Have a lovely day!", 1, 2, "thanks"),
        new("Can I pay with PayPal?", 1, 3, "plain question"),
        new("I would like to change my newsletter settings.", 1, 4, "plain request"),
        new("How do I return a pair of shoes?", 1, 4, "plain question"),
        new("Which tent would you recommend for two people in winter?", 1, 3, "advice"),
        new("Hola, ¿hacen envíos a Canarias?", 1, 4, "plain question in Spanish"),
        new("Wie lange dauert die Lieferung nach Österreich?", 1, 4, "plain question in German"),
        new("ok", 1, 2, "nothing said"),
        new("I ordered today and just wanted to say your site is beautiful.", 1, 3, "praise"),
        new("Delivery takes 3 days, right? That's fine, I don't mind waiting.", 1, 4, "a wait that is fine"),

        // Somebody else's words
        new(
            "Great, thanks!\n\nOn Mon, 2 Mar 2026 at 10:11, Sam wrote:\n> OUR SITE IS DOWN, URGENT!!!\n> all "
            + "data lost",
            1, 2, "quoted outage"),
        new(
            "> My account was hacked!\nThat was my mail from last week. All sorted now, thanks.",
            1, 3, "quoted line, settled"),
        new(
            "Please see below, what is the price?\n\n-----Original Message-----\nFrom: Ann "
            + "<ann@example.com>\nURGENT: warehouse on fire",
            1, 4, "forwarded block"),
        new(
            "Kann geschlossen werden, danke.\n\nAm 3. März schrieb Support:\n> Ihr Konto wurde gehackt",
            1, 4, "quoted German mail"),
    ];
}
