Console.Error.WriteLine("EngagementFlows");
